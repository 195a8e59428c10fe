import type { WorkerPort } from '@benchbook/host';
import type { WorkerMemory } from '../platform.ts';
import type { FromWorker, LostWork } from './messages.ts';

/** Says in the heartbeat what is about to be decided, and knows what earlier workers were lost over. */
export function workerMemory(
  port: Pick<WorkerPort<never, FromWorker>, 'post' | 'heartbeat'>,
  lost: LostWork,
): WorkerMemory {
  const indexes = new Map<string, number>();
  const indexOf = (place: string, set: string): number => {
    const key = `${place}\n${set}`;
    let index = indexes.get(key);
    if (index === undefined) {
      index = indexes.size;
      indexes.set(key, index);
      port.post({ kind: 'set', index, place, set });
    }
    return index;
  };
  return {
    guard: (place) => ({
      enter: (set, request) => port.heartbeat.begin(indexOf(place, set), request),
      leave: () => port.heartbeat.end(),
    }),
    poisoned: (place) =>
      lost.poisoned.filter((each) => each.place === place).map(({ set, request }) => ({ set, request })),
    avoidFastLane: (place) => lost.avoidFastLane.filter((each) => each.place === place).map(({ set }) => set),
  };
}
