import {
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
  /** Which policies applied; looked up beside the decision. */
  observe(): Observation;
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
  const all = [...new Set([...missing, ...requests.missing(row)])].sort();
  const open: number[] = [];
  const relevant = all.filter((pointer) => readsTouch(set.reads, pointer));
  if (relevant.length > 0) {
    set.policies.forEach((policy, index) => {
      if (relevant.some((pointer) => readsTouch(policy.reads, pointer))) open.push(index);
    });
  }
  const read = relevant.filter((pointer) =>
    open.some((index) => set.policies[index]!.reads.some((path) => pointersTouch(path, pointer))),
  );
  return {
    decision,
    alternatives: open.length > 0 ? set.alternatives(requests, row, open) : [decision],
    missing: read,
    observe: () => set.observe(requests, row),
  };
}
