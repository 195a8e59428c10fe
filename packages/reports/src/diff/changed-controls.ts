import type { DiffReport } from '@benchbook/model';

/** A control that both versions tell. */
export type DiffControl = DiffReport['controls'][number];

/** Controls whose policies or evidence are not the same. */
export function changedControls({ controls }: DiffReport): readonly DiffControl[] {
  return controls.filter(
    ({ policies, evidenced, determined }) =>
      policies.base !== policies.head ||
      evidenced.base !== evidenced.head ||
      determined.base !== determined.head,
  );
}

/** Evidenced before, and not now. */
export function lostEvidence({ evidenced }: DiffControl): boolean {
  return evidenced.base && !evidenced.head;
}
