import type { WorkerEnd } from '@benchbook/host';
import type { LostWork } from '../worker/messages.ts';

interface SetName {
  readonly place: string;
  readonly set: string;
}

/** What workers were lost over, gathered over their lives. */
export interface LostWorkLog {
  /** A worker named a set by a number. */
  name(index: number, name: SetName): void;
  /** A worker is gone. Returns the set it was at, if it was at one; its numbers are forgotten. */
  lose(end: WorkerEnd): string | null;
  all(): LostWork;
}

/** The first time a set is kept off its fast lane; if that does not help, the request is not tried again. */
export function createLostWorkLog(): LostWorkLog {
  const avoidFastLane: LostWork['avoidFastLane'][number][] = [];
  const poisoned: LostWork['poisoned'][number][] = [];
  let names: (SetName | undefined)[] = [];
  return {
    name(index, name) {
      names[index] = name;
    },
    lose(end) {
      const unit = end.kind === 'finished' ? null : end.descriptor;
      const name = unit ? names[unit.set] : undefined;
      names = [];
      if (!unit || !name) return null;
      const isAvoided = avoidFastLane.some(({ place, set }) => place === name.place && set === name.set);
      if (isAvoided) poisoned.push({ ...name, request: unit.request });
      else avoidFastLane.push(name);
      return name.set;
    },
    all: () => ({ avoidFastLane: [...avoidFastLane], poisoned: [...poisoned] }),
  };
}
