// A worker that gets stuck in request 3 of set `loop`, as compiled code does: it never posts again. Off its fast
// lane (`call: 'slow'`) it still gets stuck, until the request is poisoned.
import { parentPort, workerData } from 'node:worker_threads';

const cells = new Int32Array(workerData.heartbeat);
parentPort.once('message', (job) => {
  parentPort.postMessage({ kind: 'set', index: 0, id: 'loop' });
  Atomics.store(cells, 1, 0);
  Atomics.store(cells, 2, 3);
  Atomics.add(cells, 0, 1);
  const isPoisoned = job.poisoned.some(({ set, request }) => set === 'loop' && request === 3);
  const stuck = job.call === 'slow' ? !isPoisoned : !job.avoidFastLane.includes('loop');
  while (stuck);
  Atomics.add(cells, 0, 1);
  const report = { avoidFastLane: job.avoidFastLane, poisoned: job.poisoned };
  parentPort.postMessage({ kind: 'done', result: { kind: 'explain', report } });
  parentPort.close();
});
