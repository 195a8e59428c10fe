import type { GapReport, PolicySet } from '@benchbook/model';
import { atPolicy, calls, type GapSources } from './sources.ts';

/** Policies that never apply, that another always shadows, and permits that no recorded call needs. */
export function policyGaps(sources: GapSources): GapReport[] {
  const { sets, exercise, weights, texts } = sources;
  return sets.flatMap((set) =>
    set.policies.flatMap((policy, index) => {
      const seen = exercise.of(set).policies[index]!;
      const found: GapReport[] = [];
      const add = (code: GapReport['code'], message: string) =>
        found.push(atPolicy(policy, texts, code, message));
      const shadow = shadowOf(sources, set, index);
      if (seen.applied === 0) {
        add(
          'policy-never-applies',
          `applied to none of ${calls(exercise.calls)}: record one that it is for, or remove it`,
        );
      }
      if (shadow) add('policy-shadowed', shadow);
      if (policy.effect === 'permit' && !weights.matters(policy.id)) {
        const why = seen.applied === 0 ? 'applied' : 'made a difference';
        add('permit-not-needed', `is a grant that could go: it ${why} on no recorded call`);
      }
      return found;
    }),
  );
}

function shadowOf({ exercise, weights }: GapSources, set: PolicySet, index: number): string | undefined {
  const policy = set.policies[index]!;
  const seen = exercise.of(set).policies[index]!;
  if (seen.applied > 0) {
    if (weights.matters(policy.id)) return undefined;
    const by = weights.companions(policy.id);
    if (by.length === 0) return undefined;
    const times = seen.applied === 1 ? 'The one call' : `All ${seen.applied} calls`;
    return `is shadowed by ${by.join(', ')}. ${times} on which it applied would have come out the same without it`;
  }
  if (seen.silent > 0 || seen.errors > 0) return undefined;
  const before = set.policies.findIndex((other, at) => {
    const counts = exercise.of(set).policies[at]!;
    return at < index && other.file === policy.file && counts.applied > 0 && counts.silent === 0;
  });
  if (before < 0) return undefined;
  return `is shadowed by ${set.policies[before]!.id}, which applied whenever it was reached, so that this one never was`;
}
