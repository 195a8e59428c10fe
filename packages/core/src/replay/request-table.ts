import type { Facts, Observation, PolicySet } from '@benchbook/model';
import { type AnswerSet, answerPrepared, mayMatter, type SetAnswer } from '@benchbook/pdp';
import { failedAnswer } from './failed-answer.ts';
import { type Projection, projection } from './projection.ts';

/** Told around each piece of work that could get stuck inside an engine. */
export interface Guard {
  /** `request` counts the distinct requests of the set, from 0: the same in every run over the same input. */
  enter(set: string, request: number): void;
  leave(): void;
}

/** A request that ended its worker before, and must not be tried again. */
export interface PoisonedRequest {
  readonly set: string;
  readonly request: number;
}

export interface RequestTableOptions {
  readonly guard?: Guard;
  readonly poisoned?: readonly PoisonedRequest[];
  /** Distinct requests kept per column; beyond it the column starts anew. Default 20,000. */
  readonly capacity?: number;
}

/** One set's distinct requests with their answers. */
interface Column {
  readonly project: Projection;
  readonly rows: Map<string, SetAnswer>;
  distinct: number;
}

/** Longest projected request that is worth remembering, in UTF-16 units. */
const MAX_KEY_LENGTH = 8192;

/**
 * The table of requests: each call is projected onto what a set reads, interned, and decided once. Columns belong
 * to set digests, so that two versions of the policies share the columns of the sets they share.
 */
export function requestTable(options: RequestTableOptions = {}): AnswerSet {
  const capacity = options.capacity ?? 20_000;
  const columns = new Map<string, Column>();
  const poisoned = new Set(options.poisoned?.map(({ set, request }) => `${set}\u0000${request}`));

  function columnOf(set: PolicySet): Column {
    const known = columns.get(set.digest);
    if (known) return known;
    const column = { project: projection(set.reads), rows: new Map<string, SetAnswer>(), distinct: 0 };
    columns.set(set.digest, column);
    return column;
  }

  function decide(set: PolicySet, facts: Facts, missing: readonly string[], request: number): SetAnswer {
    if (poisoned.has(`${set.id}\u0000${request}`)) return failedAnswer(set);
    const guarded = <T>(work: () => T): T => {
      options.guard?.enter(set.id, request);
      const result = work();
      options.guard?.leave();
      return result;
    };
    return guarded(() => {
      const requests = set.prepare([facts]);
      const answer = answerPrepared(set, requests, 0, missing);
      let observation: Observation | undefined;
      return {
        ...answer,
        observe() {
          observation ??= guarded(() => answer.observe());
          return observation;
        },
      };
    });
  }

  return (set, facts, missing) => {
    const column = columnOf(set);
    const touching = missing.filter((pointer) => mayMatter(set.reads, pointer));
    const key = column.project(facts) + touching.join('\u0000');
    const known = column.rows.get(key);
    if (known) return known;
    const answer = decide(set, facts, missing, column.distinct++);
    if (key.length <= MAX_KEY_LENGTH) {
      if (column.rows.size >= capacity) column.rows.clear();
      column.rows.set(key, answer);
    }
    return answer;
  };
}
