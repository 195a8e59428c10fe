/** Looks beside the decisions of a replay: what they exercised and which policies they hung on. */
import type { Outcome } from '@benchbook/model';
import type { DecidedCall } from '../replay/decide-calls.ts';
import { decisionCounter } from '../replay/decision-counter.ts';
import { createExercise, type Exercise } from './exercise.ts';
import { createWeights, type Weights } from './weight.ts';

export interface CoverageObserver {
  /** To be called while the decided call's session still stands as it was. */
  visit(decided: DecidedCall): void;
  /** Sums up; to be called once after the last visit. */
  finish(): Exercise;
  readonly weights: Weights;
}

export interface CoverageOptions {
  /** Off: policies are counted, conditions are not looked at. */
  readonly conditions: boolean;
  /** The outcome where no set applies. */
  readonly fallback: Outcome;
  /** Told of calls whose decision was not met before. */
  readonly onFirst?: (decided: DecidedCall) => void;
}

/** What is counted is what every policy would do, those in audit mode included. */
export function observeCoverage({ conditions, fallback, onFirst }: CoverageOptions): CoverageObserver {
  const exercise = createExercise();
  const weights = createWeights(fallback);
  const counter = decisionCounter((decision, { calls, known }) => {
    const seen = decision.answers.map(({ set, answer }) => ({
      set,
      states: answer.observe().states,
      cover: conditions ? answer.cover() : undefined,
    }));
    exercise.add(seen, calls, known);
  });
  return {
    visit(decided) {
      const first = counter.add(decided.wouldBe, decided.decision.outcome !== 'indeterminate');
      if (!first || !conditions) return;
      weights.visit(decided.wouldBe);
      onFirst?.(decided);
    },
    finish() {
      counter.flush();
      return exercise;
    },
    weights,
  };
}
