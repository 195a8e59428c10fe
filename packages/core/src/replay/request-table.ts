import type { Facts, PolicySet } from '@benchbook/model';
import type { AnswerSet } from '@benchbook/pdp';
import { type RequestKey, requestKey } from './request-key.ts';
import { type AskOptions, asker, type TableAnswer } from './table-answer.ts';

export interface RequestTableOptions extends AskOptions {
  /** Distinct requests kept per column; beyond it the column starts anew. Default 20,000. */
  readonly capacity?: number;
}

/** One set's distinct requests with their answers. */
interface Column {
  readonly keyOf: RequestKey;
  readonly rows: Map<string, TableAnswer>;
  distinct: number;
  hits: number;
  /** Hardly any request came twice: remembering costs more than it saves. */
  isWorthless: boolean;
}

/** Distinct requests after which a column is judged, and the hits per distinct request that it must have had. */
const TRIAL = 1_000;
const MIN_HITS = 0.25;

/** Longest projected request that is worth remembering, in UTF-16 units. */
const MAX_KEY_LENGTH = 8192;

/**
 * The table of requests: each call is projected onto what a set reads, interned, and decided once. Columns belong
 * to set digests, so that two versions of the policies share the columns of the sets they share.
 */
export function requestTable(options: RequestTableOptions = {}): AnswerSet {
  const { capacity = 20_000 } = options;
  const columns = new Map<string, Column>();
  /** Requests of each set so far, over all its versions: a number names one request alone. */
  const numbers = new Map<string, number>();
  const ask = asker(options);

  function columnOf(set: PolicySet): Column {
    const known = columns.get(set.digest);
    if (known) return known;
    const column = {
      keyOf: requestKey(set.reads),
      rows: new Map<string, TableAnswer>(),
      distinct: 0,
      hits: 0,
      isWorthless: false,
    };
    columns.set(set.digest, column);
    return column;
  }

  function decide(set: PolicySet, facts: Facts, missing: readonly string[]): TableAnswer {
    const request = numbers.get(set.id) ?? 0;
    numbers.set(set.id, request + 1);
    return ask(set, facts, missing, request);
  }

  return (set, facts, missing) => {
    const column = columnOf(set);
    if (column.isWorthless) return decide(set, facts, missing);
    const key = column.keyOf(facts, missing);
    const known = column.rows.get(key);
    if (known) {
      column.hits++;
      return known;
    }
    const answer = decide(set, facts, missing);
    column.distinct++;
    if (column.distinct >= TRIAL && column.hits < column.distinct * MIN_HITS) {
      column.isWorthless = true;
      column.rows.clear();
    } else if (key.length <= MAX_KEY_LENGTH) {
      if (column.rows.size >= capacity) column.rows.clear();
      column.rows.set(key, answer);
      answer.remembered = true;
    }
    return answer;
  };
}
