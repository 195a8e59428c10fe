import {
  type Cover,
  type Facts,
  type Observation,
  type PolicySet,
  type PreparedRequests,
  pointersTouch,
  readsTouch,
  type SetDecision,
} from '@benchbook/model';

/** What one set says of one call, with everything that could also have been where facts are missing. */
export interface SetAnswer {
  readonly decision: SetDecision;
  /** Every decision that the missing facts leave possible, `decision` among them. One entry: nothing is open. */
  readonly alternatives: readonly SetDecision[];
  /** JSON Pointers of the missing facts that some policy of the set reads. */
  readonly missing: readonly string[];
  /** A memo gives this same object again for the same request, so that it pays to remember things of it. */
  readonly remembered?: boolean;
  /** Which policies applied; looked up beside the decision. */
  observe(): Observation;
  /** Every decision that could come out if this one policy (index) applied or did not; its own first. */
  ifPolicy(policy: number): readonly SetDecision[];
  /** What the request exercised, down to the operands; slower than `observe`. */
  cover(): Cover;
}

/** Answers for one set; `missing` are the call's own missing facts. */
export type AnswerSet = (set: PolicySet, facts: Facts, missing: readonly string[]) => SetAnswer;

/** Prepares one request and decides it, without any memory of earlier ones. */
export const answerSet: AnswerSet = (set, facts, missing) =>
  answerPrepared(set, set.prepare([facts]), 0, missing);

/** Decides one prepared request and finds what missing facts leave open. */
export function answerPrepared(
  set: PolicySet,
  requests: PreparedRequests,
  row: number,
  missing: readonly string[],
): SetAnswer {
  const decision = set.decide(requests, row);
  const observe = (): Observation => set.observe(requests, row);
  const cover = (): Cover => set.cover(requests, row);
  const ifPolicy = (policy: number) => set.alternatives(requests, row, [policy]);
  const looks = { observe, cover, ifPolicy };
  const lost = requests.missing(row);
  if (missing.length === 0 && lost.length === 0)
    return { decision, alternatives: [decision], missing: NONE, ...looks };

  const relevant = [...new Set([...missing, ...lost])]
    .filter((pointer) => mayMatter(set.reads, pointer))
    .sort();
  if (relevant.length === 0) return { decision, alternatives: [decision], missing: NONE, ...looks };
  const open: number[] = [];
  set.policies.forEach((policy, index) => {
    if (relevant.some((pointer) => mayMatter(policy.reads, pointer))) open.push(index);
  });
  return {
    decision,
    alternatives: open.length > 0 ? set.alternatives(requests, row, open) : [decision],
    missing: relevant.filter((pointer) =>
      open.some((index) => mayMatter(set.policies[index]!.reads, pointer)),
    ),
    ...looks,
  };
}

const NONE: readonly string[] = [];

/** Members of a call that policies may see; a missing fact elsewhere matters to none. */
const VISIBLE = ['/agent', '/user', '/tool', '/args', '/session', '/ts', '/context', '/input'];

/**
 * True where a missing fact may matter to a policy with these reads. Time matters to those that name it alone: one
 * that reads everything (`''`) is not taken to ask for the time, or every recording without times would be lost.
 */
export function mayMatter(reads: readonly string[], pointer: string): boolean {
  if (!VISIBLE.some((member) => pointersTouch(member, pointer))) return false;
  return readsTouch(pointer === '/ts' ? reads.filter((read) => read !== '') : reads, pointer);
}
