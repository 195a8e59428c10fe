/** What the recordings show of the policies that may be worth a change: seen, never proven. */
import type { GapReport } from '@benchbook/model';
import { compare } from '../order.ts';
import { conditionGaps } from './conditions.ts';
import { extremeGaps } from './extremes.ts';
import { policyGaps } from './policies.ts';
import type { GapSources } from './sources.ts';
import { toolGaps } from './tools.ts';

/** Most gaps that a report lists. */
const MAX_GAPS = 2_000;

/** By file and place; those of tools last. Empty where no call was recorded, since nothing can be told then. */
export function findGaps(sources: GapSources): GapReport[] {
  if (sources.exercise.calls === 0) return [];
  const atPlaces = [...policyGaps(sources), ...conditionGaps(sources), ...extremeGaps(sources)].sort(
    (a, b) =>
      compare(a.file ?? '', b.file ?? '') ||
      (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
      (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
      compare(a.code, b.code),
  );
  return [...atPlaces, ...toolGaps(sources)].slice(0, MAX_GAPS);
}
