import type { DecisionReport } from '@benchbook/model';

/** Calls that one page holds. */
export const CALLS = 20_000;

/** At most `limit` calls in reading order: those that were not allowed first, then the others. */
export function selectCalls(
  decisions: readonly DecisionReport[],
  limit: number = CALLS,
): readonly DecisionReport[] {
  if (decisions.length <= limit) return decisions;
  const stopped = decisions.reduce((sum, one) => sum + (one.outcome === 'allow' ? 0 : 1), 0);
  let others = Math.min(stopped, limit);
  let allowed = limit - others;
  return decisions.filter((one) => (one.outcome === 'allow' ? allowed-- > 0 : others-- > 0));
}
