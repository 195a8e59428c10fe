import type { ControlReport, DiffReport } from '@benchbook/model';
import { compare } from '../order.ts';

/** Controls whose policies, evidence or decisions are not the same in both versions, by reference. */
export function compareControls(
  base: readonly ControlReport[],
  head: readonly ControlReport[],
): DiffReport['controls'] {
  const old = new Map(base.map((control) => [control.ref, control]));
  const now = new Map(head.map((control) => [control.ref, control]));
  return [...new Set([...old.keys(), ...now.keys()])].sort(compare).flatMap((ref) => {
    const before = old.get(ref);
    const after = now.get(ref);
    const entry = {
      ref,
      title: (after ?? before)!.title,
      policies: { base: before?.policies.length ?? 0, head: after?.policies.length ?? 0 },
      evidenced: { base: before?.evidenced ?? false, head: after?.evidenced ?? false },
      determined: { base: before?.determined ?? 0, head: after?.determined ?? 0 },
    };
    const same =
      entry.policies.base === entry.policies.head &&
      entry.evidenced.base === entry.evidenced.head &&
      entry.determined.base === entry.determined.head;
    return same ? [] : [entry];
  });
}
