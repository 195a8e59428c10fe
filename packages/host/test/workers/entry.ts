/** A worker that does what it is told, also the worst. */
import { openWorkerPort } from '../../src/node/worker.ts';

export type Order =
  | { readonly do: 'echo'; readonly value: number }
  | { readonly do: 'loop' | 'loop-wasm' | 'hoard' | 'grow' | 'throw' | 'reject' | 'exit' | 'leave' | 'close' }
  /** Outside any unit of work. */
  | { readonly do: 'block'; readonly ms: number }
  | { readonly do: 'slow'; readonly units: number; readonly ms: number };

// (module (func (export "f") (loop (br 0))))
const ENDLESS = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 0x0a, 9, 1, 7, 0,
  3, 0x40, 0x0c, 0, 0x0b, 0x0b,
]);

const port = openWorkerPort<Order, number>();

function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

port.onRequest(async (order) => {
  if (order.do === 'block') spin(order.ms);
  port.heartbeat.begin(3, 41);
  switch (order.do) {
    case 'echo':
      port.post(order.value);
      break;
    case 'slow':
      for (let unit = 0; unit < order.units; unit++) {
        port.heartbeat.begin(3, unit);
        spin(order.ms);
      }
      port.post(order.units);
      break;
    case 'loop':
      port.post(1);
      for (;;);
    case 'loop-wasm': {
      const module = new WebAssembly.Module(ENDLESS);
      (new WebAssembly.Instance(module).exports.f as () => void)();
      break;
    }
    case 'hoard': {
      const held: unknown[] = [];
      for (;;) held.push(new Array(1000).fill({ held: held.length }));
    }
    case 'grow': {
      const memory = new WebAssembly.Memory({ initial: 1 });
      for (let pages = 1; pages < 6400; pages += 160) {
        memory.grow(160);
        new Uint8Array(memory.buffer).fill(1);
      }
      for (;;);
    }
    case 'throw':
      setImmediate(() => {
        throw new Error('out of band');
      });
      return;
    case 'reject':
      throw new Error('in hand');
    case 'exit':
      process.exit(7);
      break;
    case 'leave':
      process.exit(0);
      break;
    case 'close':
      port.close();
      break;
  }
  port.heartbeat.end();
});
