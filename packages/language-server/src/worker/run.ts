import type { WorkerPort } from '@benchbook/host';
import { connectionOver } from '../connection.ts';
import type { PlatformFactory } from '../platform.ts';
import { createServer } from '../server.ts';
import { workerMemory } from './memory.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { HandedReader, PortWriter } from './port-transport.ts';

/** Runs the language server in a worker whose messages a supervisor passes on. */
export function runServerWorker(
  port: WorkerPort<ToWorker, FromWorker>,
  platform: (assets: readonly string[]) => PlatformFactory,
): void {
  const reader = new HandedReader();
  port.onRequest((order) => {
    if (order.kind === 'message') {
      reader.hand(order.message);
      return;
    }
    const connection = connectionOver(reader, new PortWriter(port));
    createServer(connection, platform(order.assets), workerMemory(port, order.lost));
    connection.listen();
  });
}
