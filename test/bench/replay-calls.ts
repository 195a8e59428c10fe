import { createDecider, openPdps, type PreparedWorkspace, tally } from '@benchbook/core';
import type { Call } from '@benchbook/model';

/** One replay of calls that are read already: what `benchbook replay` does after reading. */
export function replayCalls(prepared: PreparedWorkspace, calls: readonly Call[]): void {
  const counts = tally(false);
  const decider = createDecider(openPdps(prepared), counts.visit);
  for (const call of calls) decider.decide(call, 'recording');
  counts.endRecording();
}
