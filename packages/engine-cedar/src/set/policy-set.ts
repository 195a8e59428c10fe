import type {
  Condition,
  Cover,
  EvaluationError,
  Facts,
  Observation,
  Policy,
  PolicySet,
  PolicyState,
  PreparedRequests,
  SetDecision,
  Statement,
} from '@benchbook/model';
import type { Coverer } from '../conditions/cover.ts';
import type { Layout } from '../conditions/layout.ts';
import type { EntityStore } from '../entities/store.ts';
import { type CedarRequest, CedarRequests, type PreparedRow, type Preparer } from '../request/prepare.ts';
import type { Authorizer, RawDecision } from './authorize.ts';
import type { SetMember } from './member.ts';
import { failedDecision, outcomeOf } from './outcome.ts';

export interface CedarSetParts {
  readonly members: readonly SetMember[];
  /** Made when first asked for, as what follows below: an edit that decides nothing does not pay for it. */
  readonly digest: () => string;
  readonly reads: readonly string[];
  /** The action is known whatever else is missing. */
  readonly isActionKnown: boolean;
  readonly preparer: () => Preparer;
  readonly authorizer: Authorizer;
  readonly layout: () => Layout;
  readonly coverer: () => Coverer;
}

/** What a decision rests on. */
type Look =
  | {
      readonly kind: 'look';
      readonly permits: readonly number[];
      readonly forbids: readonly number[];
      readonly errors: readonly { readonly index: number; readonly message: string }[];
    }
  | Extract<RawDecision, { kind: 'failure' }>;

const NOTHING: Look = { kind: 'look', permits: [], forbids: [], errors: [] };

/** All Cedar of a workspace. */
export class CedarSet implements PolicySet {
  readonly id = 'cedar';
  readonly language = 'cedar';
  readonly policies: readonly Policy[];
  readonly reads: readonly string[];
  readonly canAllow: boolean;
  readonly #parts: CedarSetParts;
  readonly #members: readonly SetMember[];
  /** The latest decision's look: most often the next question is what it saw. */
  #last: { readonly prepared: PreparedRow; readonly look: Look } | null = null;

  constructor(parts: CedarSetParts) {
    this.#parts = parts;
    this.#members = parts.members;
    this.policies = parts.members.map(({ policy }) => policy);
    this.reads = parts.reads;
    this.canAllow = parts.members.some(
      ({ policy, analysis }) => policy.effect === 'permit' && !analysis.isDead,
    );
  }

  get conditions(): readonly Condition[] {
    return this.#parts.layout().conditions;
  }

  get statements(): readonly Statement[] {
    return this.#parts.layout().statements;
  }

  get digest(): string {
    return this.#parts.digest();
  }

  prepare(facts: readonly Facts[]): PreparedRequests {
    const preparer = this.#parts.preparer();
    return new CedarRequests(facts.map((one) => preparer.fromFacts(one)));
  }

  /**
   * Requests in Cedar's own terms, as `run-tests` files and Cedar's conformance data state them. `store`: entities
   * that stand instead of the set's own.
   */
  prepareCedar(requests: readonly CedarRequest[], store?: EntityStore): PreparedRequests {
    const preparer = this.#parts.preparer();
    return new CedarRequests(requests.map((one) => preparer.fromCedar(one, store)));
  }

  decide(requests: PreparedRequests, row: number): SetDecision {
    const prepared = rowOf(requests, row);
    const look = this.#look(prepared, false);
    this.#last = { prepared, look };
    if (look.kind === 'failure') return failedDecision(look.cause, look.message);
    return outcomeOf(this.#members, look, this.#errors(look.errors));
  }

  observe(requests: PreparedRequests, row: number): Observation {
    const look = this.#observed(rowOf(requests, row));
    if (look.kind === 'failure') return { states: this.#members.map(() => 'unreached') };
    const states: PolicyState[] = this.#members.map(() => 'silent');
    for (const index of [...look.permits, ...look.forbids]) states[index] = 'applied';
    for (const { index } of look.errors) states[index] = 'error';
    return { states };
  }

  cover(requests: PreparedRequests, row: number): Cover {
    return this.#parts.coverer().cover(rowOf(requests, row));
  }

  /**
   * Open policies are taken per kind, all or none of a kind: which outcomes can come out depends on no more, and
   * `determining` is told for the fewest and for the most.
   */
  alternatives(requests: PreparedRequests, row: number, open: readonly number[]): readonly SetDecision[] {
    const prepared = rowOf(requests, row);
    const own = this.decide(requests, row);
    const isOpen = new Set(
      this.#parts.isActionKnown ? open.filter((index) => prepared.group.members.includes(index)) : open,
    );
    if (!isOpen.size) return [own];
    const look = this.#observed(prepared);
    if (look.kind === 'failure') return [own];
    const closed = (indexes: readonly number[]) => indexes.filter((index) => !isOpen.has(index));
    const permits = closed(look.permits);
    const forbids = closed(look.forbids);
    const errors = this.#errors(look.errors.filter(({ index }) => !isOpen.has(index)));
    const kind = (effect: Policy['effect']) =>
      [...isOpen].filter((index) => this.policies[index]?.effect === effect);

    const found = new Map([[answerKey(own), own]]);
    for (const somePermits of choices(kind('permit')))
      for (const someForbids of choices(kind('forbid')))
        for (const someEscalations of choices(kind('escalate'))) {
          const satisfied = {
            permits: ascending([...permits, ...somePermits]),
            forbids: ascending([...forbids, ...someForbids, ...someEscalations]),
          };
          const decision = outcomeOf(this.#members, satisfied, errors);
          const key = answerKey(decision);
          if (!found.has(key)) found.set(key, decision);
        }
    return [...found.values()];
  }

  /** The decision's own look where it was the last one and saw every policy, else a look of its own. */
  #observed(prepared: PreparedRow): Look {
    const { look } = this.#last?.prepared === prepared ? this.#last : {};
    const seesAll = look?.kind === 'look' && (look.forbids.length === 0 || look.permits.length > 0);
    return seesAll ? look : this.#look(prepared, true);
  }

  /** `complete`: find the permits even where a forbid has decided. */
  #look({ group, members }: PreparedRow, complete: boolean): Look {
    if (!group.members.length) return NOTHING;
    const { authorizer } = this.#parts;
    const answer = authorizer.ask(group.all, members);
    if (answer.kind === 'failure') return answer;
    const { errors, reasons } = answer;
    if (answer.allowed) return { kind: 'look', permits: reasons, forbids: [], errors };
    // A deny without reasons: no forbid and no permit was satisfied.
    const mayEscalate = reasons.every((index) => this.policies[index]!.effect === 'escalate');
    if (!reasons.length || !group.hasPermits || !(complete || mayEscalate))
      return { kind: 'look', permits: [], forbids: reasons, errors };
    const permitted = authorizer.ask(group.permits, members);
    if (permitted.kind === 'failure') return permitted;
    return { kind: 'look', permits: permitted.reasons, forbids: reasons, errors };
  }

  #errors(errors: readonly { readonly index: number; readonly message: string }[]): EvaluationError[] {
    return errors.map(({ index, message }) => ({
      policy: this.policies[index]!.id,
      message,
      kind: 'runtime',
    }));
  }
}

function rowOf(requests: PreparedRequests, row: number): PreparedRow {
  const prepared = (requests as CedarRequests).rows[row];
  if (!prepared) throw new RangeError(`no request ${row} of ${requests.length}`);
  return prepared;
}

/** None and, where there are any, all. */
function choices(indexes: readonly number[]): readonly (readonly number[])[] {
  return indexes.length ? [[], indexes] : [[]];
}

function ascending(indexes: readonly number[]): number[] {
  return indexes.toSorted((a, b) => a - b);
}

function answerKey({ outcome, basis, determining }: SetDecision): string {
  return `${outcome} ${basis} ${determining.join(',')}`;
}
