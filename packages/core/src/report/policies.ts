import type { Mode, Policy, PolicyReport, PolicySet } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import { compare } from '../order.ts';
import type { PolicyCounts } from '../replay/tally.ts';
import { conditionsOf } from './conditions.ts';
import type { Texts } from './texts.ts';

/** What reports of policies are made from. */
export interface PolicyFigures {
  readonly sets: readonly PolicySet[];
  readonly exercise: Exercise;
  readonly texts: Texts;
  modeOf(file: string): Mode;
  refsOf(policy: Policy): readonly string[];
  /** Calls that a policy decided; absent where nothing counts them. */
  countsOf(id: string): PolicyCounts | undefined;
}

/** One entry per policy, by file and place. */
export function reportPolicies(figures: PolicyFigures): PolicyReport[] {
  const { sets, exercise, texts } = figures;
  return sets
    .flatMap((set) => set.policies.map((policy, index) => ({ set, policy, index })))
    .sort((a, b) => compare(a.policy.file, b.policy.file) || a.policy.range.start - b.policy.range.start)
    .map(({ set, policy, index }) => {
      const seen = exercise.of(set).policies[index]!;
      const counts = figures.countsOf(policy.id);
      return {
        id: policy.id,
        file: policy.file,
        language: policy.language,
        effect: policy.effect,
        mode: figures.modeOf(policy.file),
        range: texts(policy.file).range(policy.range),
        applied: seen.applied,
        silent: seen.silent,
        determined: counts?.determined ?? 0,
        wouldDetermine: counts?.wouldDetermine ?? 0,
        errors: seen.errors,
        controls: figures.refsOf(policy),
        conditions: conditionsOf(set, index, exercise, texts),
      };
    });
}
