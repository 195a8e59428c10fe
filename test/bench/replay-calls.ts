import { createDecider, observeCoverage, openPdps, type PreparedWorkspace, tally } from '@benchbook/core';
import type { Call } from '@benchbook/model';

/** One replay of calls that are read already: what `benchbook replay --no-coverage` does after reading. */
export function replayCalls(prepared: PreparedWorkspace, calls: readonly Call[]): void {
  const counts = tally(false);
  const coverage = observeCoverage({ conditions: false });
  const decider = createDecider(openPdps(prepared), (decided) => {
    counts.visit(decided);
    coverage.visit(decided);
  });
  for (const call of calls) decider.visit(call, 'recording');
  counts.endRecording();
  coverage.finish();
}
