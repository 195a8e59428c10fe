import { setV8Flags, standardStreams, startWorker, systemClock, WASM_FLAGS } from '@benchbook/host/node';
import {
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { supervise } from '../supervisor/supervise.ts';
import type { FromWorker, ToWorker } from '../worker/messages.ts';

/** Milliseconds for one request of a policy set. */
const STALL_MS = 5_000;
/** Milliseconds for which the worker may be busy with one thing, whatever it is: loading large policies is. */
const BLOCKED_MS = 20_000;
/** Megabytes by which the process may grow meanwhile. */
const STALL_MB = 1_500;
/** Megabytes of the worker's JavaScript heap. */
const HEAP_MB = 2_048;

export interface ServeOptions {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** The worker's script, next to which its chunks lie. */
  readonly worker: URL;
  /** Folders with the engines' assets. */
  readonly assets: readonly string[];
}

/** Serves one client over a transport; resolves with the exit code when the client is gone. */
export function serveNode({ reader, writer, worker, assets }: ServeOptions): Promise<number> {
  setV8Flags(WASM_FLAGS);
  return supervise({
    reader,
    writer,
    now: () => systemClock.now(),
    start(_options, lost, onEvent) {
      const handle = startWorker<ToWorker, FromWorker>(worker, {
        onEvent,
        stallMs: STALL_MS,
        blockedMs: BLOCKED_MS,
        stallMb: STALL_MB,
        keepStdout: true,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      handle.send({ kind: 'start', lost, assets });
      return handle;
    },
  });
}

/** The same over standard input and output; ends the process with the client. */
export async function serveStdio(options: Omit<ServeOptions, 'reader' | 'writer'>): Promise<never> {
  const { input, output, exit } = standardStreams();
  const code = await serveNode({
    reader: new StreamMessageReader(input),
    writer: new StreamMessageWriter(output),
    ...options,
  });
  return exit(code);
}
