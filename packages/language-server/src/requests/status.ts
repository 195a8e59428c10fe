import type { StatusParams } from '@benchbook/protocol';
import type { Root } from '../folders/root.ts';

/** How a workspace stands; null before the first preview. */
export function statusOf({ uri, service }: Root): StatusParams | null {
  const preview = service.preview();
  if (!preview) return null;
  const { decided, total, leftOut, stale, outcomes, flips, base, policies } = preview;
  const isComplete = decided === total;
  return {
    folder: uri,
    decided,
    total,
    leftOut,
    stale,
    outcomes,
    flips,
    base: base.name,
    ...(base.name === null && { baseReason: base.reason }),
    policies: policies.length,
    // Before every call is decided, nobody can know.
    neverExercised: isComplete
      ? policies.filter(({ applied, errors }) => applied === 0 && errors === 0).length
      : 0,
    chosen: service.chosenCall(),
  };
}
