/** Looks beside decisions: what they exercised. */
import type { PdpDecision } from '@benchbook/pdp';
import { decisionCounter } from '../replay/decision-counter.ts';
import { createExercise, type Exercise } from './exercise.ts';

/** A call's decision, and what every policy would do, those in audit mode included: that is what is counted. */
export interface Observed {
  readonly decision: PdpDecision;
  readonly wouldBe: PdpDecision;
}

export interface CoverageObserver<Call extends Observed> {
  /** To be called while the call's session still stands as it was. */
  visit(call: Call): void;
  /** Sums up; to be called once after the last visit. */
  finish(): Exercise;
}

export interface CoverageOptions<Call extends Observed> {
  /** Off: policies are counted, conditions are not looked at. */
  readonly conditions: boolean;
  /** Told of calls whose decision was not met before. */
  readonly onFirst?: (call: Call) => void;
}

export function observeCoverage<Call extends Observed>({
  conditions,
  onFirst,
}: CoverageOptions<Call>): CoverageObserver<Call> {
  const exercise = createExercise();
  const counter = decisionCounter((decision, { calls, known }) => {
    const seen = decision.answers.map(({ set, answer }) => ({
      set,
      states: answer.observe().states,
      cover: conditions ? answer.cover() : undefined,
    }));
    exercise.add(seen, calls, known);
  });
  return {
    visit(call) {
      const first = counter.add(call.wouldBe, call.decision.outcome !== 'indeterminate');
      if (first) onFirst?.(call);
    },
    finish() {
      counter.flush();
      return exercise;
    },
  };
}
