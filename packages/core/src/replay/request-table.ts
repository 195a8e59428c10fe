import type { Cover, Facts, Observation, PolicySet, SetDecision } from '@benchbook/model';
import { type AnswerSet, answerPrepared, mayMatter, type SetAnswer } from '@benchbook/pdp';
import { failedAnswer } from './failed-answer.ts';
import { internCover } from './intern-cover.ts';
import { type Projection, projection } from './projection.ts';

/** Told around each piece of work that could get stuck inside an engine. */
export interface Guard {
  /** `request` counts what the set is asked, from 0: the same in every run over the same input. */
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
  readonly rows: Map<string, TableAnswer>;
  /** Missing facts seen, and whether they may matter to the set. */
  readonly matters: Map<string, boolean>;
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
  const { guard, capacity = 20_000 } = options;
  const columns = new Map<string, Column>();
  /** Requests of each set so far, over all its versions: a number names one request alone. */
  const numbers = new Map<string, number>();
  const poisoned = new Set(options.poisoned?.map(({ set, request }) => `${set}\u0000${request}`));

  function columnOf(set: PolicySet): Column {
    const known = columns.get(set.digest);
    if (known) return known;
    const column = {
      project: projection(set.reads),
      rows: new Map<string, TableAnswer>(),
      matters: new Map<string, boolean>(),
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
    if (poisoned.size > 0 && poisoned.has(`${set.id}\u0000${request}`))
      return new TableAnswer(failedAnswer(set), set, request, guard);
    guard?.enter(set.id, request);
    const answer = answerPrepared(set, set.prepare([facts]), 0, missing);
    guard?.leave();
    return new TableAnswer(answer, set, request, guard);
  }

  return (set, facts, missing) => {
    const column = columnOf(set);
    if (column.isWorthless) return decide(set, facts, missing);
    const key = column.project(facts) + mattering(column, set, missing);
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

/** An answer that observes once, under the guard. */
class TableAnswer implements SetAnswer {
  readonly decision: SetAnswer['decision'];
  readonly alternatives: SetAnswer['alternatives'];
  readonly missing: SetAnswer['missing'];
  remembered = false;
  readonly #answer: SetAnswer;
  readonly #set: PolicySet;
  readonly #request: number;
  readonly #guard: Guard | undefined;
  #observation: Observation | undefined;
  #cover: Cover | undefined;

  constructor(answer: SetAnswer, set: PolicySet, request: number, guard: Guard | undefined) {
    this.decision = answer.decision;
    this.alternatives = answer.alternatives;
    this.missing = answer.missing;
    this.#answer = answer;
    this.#set = set;
    this.#request = request;
    this.#guard = guard;
  }

  observe(): Observation {
    this.#observation ??= this.#guarded(() => this.#answer.observe());
    return this.#observation;
  }

  ifPolicy(policy: number): readonly SetDecision[] {
    return this.#guarded(() => this.#answer.ifPolicy(policy));
  }

  cover(): Cover {
    this.#cover ??= internCover(
      this.#set,
      this.#guarded(() => this.#answer.cover()),
    );
    return this.#cover;
  }

  #guarded<Result>(look: () => Result): Result {
    this.#guard?.enter(this.#set.id, this.#request);
    const result = look();
    this.#guard?.leave();
    return result;
  }
}

/** Most missing facts of which it is remembered whether they matter. */
const MAX_MATTERS = 1000;

/** The missing facts that may matter to the set, as text. */
function mattering({ matters }: Column, set: PolicySet, missing: readonly string[]): string {
  let text = '';
  for (const pointer of missing) {
    let known = matters.get(pointer);
    if (known === undefined) {
      known = mayMatter(set.reads, pointer);
      if (matters.size < MAX_MATTERS) matters.set(pointer, known);
    }
    if (known) text += `${pointer}\u0000`;
  }
  return text;
}
