import type { GapReport } from '@benchbook/model';
import { helperKeys } from '../coverage/helpers.ts';
import { conditionText } from '../report/conditions.ts';
import { calls, type GapSources } from './sources.ts';

/** Conditions that were never true or never false. Those of a policy that was never reached are left to it. */
export function conditionGaps({ sets, exercise, texts }: GapSources): GapReport[] {
  const told = new Set<string>();
  return sets.flatMap((set) => {
    const keys = helperKeys(set);
    return set.conditions.flatMap((condition, index) => {
      const key = keys[index] ?? null;
      if (key !== null && told.has(key)) return [];
      if (key !== null) told.add(key);
      const counts = key === null ? exercise.of(set).conditions[index]! : exercise.helper(key);
      const finding = oneSided(counts);
      if (!finding) return [];
      return {
        code: finding.code,
        message: `\`${conditionText(condition, texts)}\` ${finding.message}`,
        ...(condition.policy !== null && { policy: set.policies[condition.policy]!.id }),
        file: condition.file,
        range: texts(condition.file).range(condition.range),
      };
    });
  });
}

function oneSided(counts: {
  readonly true: number;
  readonly false: number;
  readonly error: number;
}): { readonly code: GapReport['code']; readonly message: string } | undefined {
  const { true: held, false: failed, error } = counts;
  const erred = error > 0 ? ` and erred on ${error}` : '';
  if (held > 0 && failed === 0)
    return { code: 'condition-never-false', message: `was true on ${calls(held)}${erred}, never false` };
  if (failed > 0 && held === 0)
    return { code: 'condition-never-true', message: `was false on ${calls(failed)}${erred}, never true` };
  if (error > 0 && held === 0)
    return { code: 'condition-never-true', message: `erred on ${calls(error)}, and was never true or false` };
  return undefined;
}
