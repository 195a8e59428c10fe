/** What decided calls come to, summed as they are decided. */
import type { EvaluationError, Outcome } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { createExercise, type Exercise } from '../coverage/exercise.ts';
import type { PreparedWorkspace } from '../prepare.ts';
import type { Steps } from './steps.ts';
import type { Decisions } from './version.ts';

export type Counts = { [outcome in Outcome]: number };

export function noCounts(): Counts {
  return { allow: 0, deny: 0, escalate: 0, indeterminate: 0 };
}

/** How a policy first erred, in the order in which calls were recorded. */
export interface FirstError {
  /** The call's number. */
  readonly call: number;
  readonly message: string;
}

export interface PreviewCounts {
  /** Adds a class of `calls` calls that came to the same, `first` the first of them. */
  add(decisions: Decisions, calls: number, first: number): void;
  /** Brings `exercise` and `determined` up to date. */
  flush(): Steps;
  readonly calls: number;
  readonly outcomes: Counts;
  readonly exercise: Exercise;
  /** Calls that a policy determined (in audit mode: would determine), by their outcome. */
  determined(policy: string): Counts | undefined;
  firstError(policy: string): FirstError | undefined;
  /** Calls whose decision tells of an error of the policy. */
  erring(policy: string): number;
  /** In audit mode: what counts is what would be. */
  isAudited(policy: string): boolean;
}

export function createCounts({ policies, modeOf }: PreparedWorkspace): PreviewCounts {
  const audited = new Set(
    policies.everything.flatMap((set) =>
      set.policies.flatMap(({ id, file }) => (modeOf(file) === 'audit' ? id : [])),
    ),
  );
  const outcomes = noCounts();
  const exercise = createExercise();
  const byPolicy = new Map<string, Counts>();
  const errors = new Map<string, FirstError>();
  const erring = new Map<string, number>();
  /** Most classes come to few distinct decisions: those wait to be summed up together. */
  const decided = new Map<PdpDecision, number>();
  const wouldBe = new Map<PdpDecision, number>();
  let total = 0;

  function countDetermining(decision: PdpDecision, calls: number, inAudit: boolean): void {
    for (const id of decision.determining) {
      if (audited.has(id) !== inAudit) continue;
      let counts = byPolicy.get(id);
      if (!counts) {
        counts = noCounts();
        byPolicy.set(id, counts);
      }
      counts[decision.outcome] += calls;
    }
  }

  function noteErrors(found: readonly EvaluationError[], calls: number, call: number): void {
    const named = new Set<string>();
    for (const { policy, message } of found) {
      if (policy === null) continue;
      const known = errors.get(policy);
      if (!known || call < known.call) errors.set(policy, { call, message });
      if (!named.has(policy)) erring.set(policy, (erring.get(policy) ?? 0) + calls);
      named.add(policy);
    }
  }

  return {
    outcomes,
    exercise,
    get calls() {
      return total;
    },
    determined: (policy) => byPolicy.get(policy),
    firstError: (policy) => errors.get(policy),
    erring: (policy) => erring.get(policy) ?? 0,
    isAudited: (policy) => audited.has(policy),
    add(decisions, calls, first) {
      total += calls;
      outcomes[decisions.decision.outcome] += calls;
      decided.set(decisions.decision, (decided.get(decisions.decision) ?? 0) + calls);
      wouldBe.set(decisions.wouldBe, (wouldBe.get(decisions.wouldBe) ?? 0) + calls);
      if (decisions.wouldBe.errors.length > 0) noteErrors(decisions.wouldBe.errors, calls, first);
    },
    *flush() {
      for (const [decision, calls] of decided) {
        countDetermining(decision, calls, false);
        decided.delete(decision);
        yield;
      }
      for (const [decision, calls] of wouldBe) {
        countDetermining(decision, calls, true);
        const seen = decision.answers.map(({ set, answer }) => ({
          set,
          states: answer.observe().states,
          cover: answer.cover(),
        }));
        exercise.add(seen, calls, calls);
        wouldBe.delete(decision);
        yield;
      }
    },
  };
}
