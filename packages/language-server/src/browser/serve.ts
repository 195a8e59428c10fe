import { browserClock, startBrowserWorker } from '@benchbook/host/browser';
import { BrowserMessageReader, BrowserMessageWriter } from 'vscode-languageserver/browser';
import { supervise } from '../supervisor/supervise.ts';
import type { FromWorker, ToWorker } from '../worker/messages.ts';

/** As under Node: one request of a policy set, and anything else the worker may be busy with. */
const STALL_MS = 5_000;
const BLOCKED_MS = 20_000;

/** The global scope of this worker. */
export type ServeScope = ConstructorParameters<typeof BrowserMessageReader>[0] & {
  close(): void;
  readonly location: { readonly href: string };
};

/** Serves the page that started this worker; `inner` is the URL of the inner worker where the client gives none. */
export async function serveBrowser(scope: ServeScope, inner: () => string): Promise<void> {
  await supervise({
    reader: new BrowserMessageReader(scope),
    writer: new BrowserMessageWriter(scope),
    now: () => browserClock.now(),
    start(options, lost, onEvent) {
      const worker = startBrowserWorker<ToWorker, FromWorker>(options.worker ?? inner(), {
        onEvent,
        stallMs: STALL_MS,
        blockedMs: BLOCKED_MS,
      });
      worker.send({ kind: 'start', lost, assets: [] });
      return worker;
    },
  });
  scope.close();
}
