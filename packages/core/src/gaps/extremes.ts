import type { Effect, GapReport } from '@benchbook/model';
import type { PolicyExercise } from '../coverage/exercise.ts';
import { atPolicy, calls, type GapSources } from './sources.ts';

/** The words that Amazon Bedrock AgentCore has for a policy that allows or denies everything, or nothing. */
const WORDS: {
  readonly [effect in NonNullable<Effect>]?: {
    all: GapReport['code'];
    none: GapReport['code'];
    verb: string;
  };
} = {
  permit: { all: 'ALLOW_ALL', none: 'ALLOW_NONE', verb: 'permits' },
  forbid: { all: 'DENY_ALL', none: 'DENY_NONE', verb: 'forbids' },
};

/** Policies that applied to every call, recorded or varied, or to none. What was seen, not what is proven. */
export function extremeGaps({ sets, exercise, boundary, texts }: GapSources): GapReport[] {
  return sets.flatMap((set) =>
    set.policies.flatMap((policy, index) => {
      const words = policy.effect && WORDS[policy.effect];
      if (!words) return [];
      const recorded = exercise.of(set).policies[index]!;
      const varied = boundary.of(set).policies[index]!;
      const seen = exercise.calls + boundary.calls;
      const applied = recorded.applied + varied.applied;
      const among = `${calls(exercise.calls)} recorded and ${boundary.calls} varied around literals`;
      if (seen === 0) return [];
      if (applied === seen)
        return [atPolicy(policy, texts, words.all, `${words.verb} every one of ${among}: seen, not proven`)];
      if (applied === 0 && erred(recorded, varied) === 0)
        return [atPolicy(policy, texts, words.none, `${words.verb} none of ${among}: seen, not proven`)];
      return [];
    }),
  );
}

function erred(...counts: readonly PolicyExercise[]): number {
  return counts.reduce((sum, { errors }) => sum + errors, 0);
}
