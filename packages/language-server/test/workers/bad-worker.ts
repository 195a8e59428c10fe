/** The real server in a real thread, that also does the worst when it is told to. */
import 'vscode-languageserver/node';
import { openWorkerPort } from '@benchbook/host/node';
import type { Message, RequestMessage } from 'vscode-languageserver';
import { nodePlatform } from '../../src/node/platform.ts';
import type { FromWorker, ToWorker } from '../../src/worker/messages.ts';
import { runServerWorker } from '../../src/worker/run.ts';

const port = openWorkerPort<ToWorker, FromWorker>();

function obey({ method, params }: RequestMessage): void {
  const { request = 0 } = (params ?? {}) as { readonly request?: number };
  if (method === 'test/crash') setImmediate(() => Promise.reject(new Error('told to')));
  if (method === 'test/block') for (;;);
  if (method === 'test/stick') {
    port.post({ kind: 'set', index: 7, place: 'file:///w', set: 'rego:data.x' });
    port.heartbeat.begin(7, request);
    for (;;);
  }
}

runServerWorker(
  {
    ...port,
    onRequest: (handle) =>
      port.onRequest((order) => {
        if (order.kind === 'message') obey(order.message as Message & RequestMessage);
        return handle(order);
      }),
  },
  nodePlatform,
);
