import type { ReplayReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { heading, paragraph, type Section } from '../../text/section.ts';

/** What policies in audit mode would change, were they enforced. */
export const audit: Section<ReplayReport> = (report, page) => {
  const kinds = Object.entries(report.wouldChange).sort(([a], [b]) => (a < b ? -1 : 1));
  const policies = report.policies.filter((policy) => policy.mode === 'audit').length;
  if (policies === 0 && kinds.length === 0) return [];
  const calls = kinds.reduce((sum, [, calls]) => sum + calls, 0);
  const told = kinds.map(([kind, calls]) => `${kind.replace('->', ' -> ')} ${count(calls)}`).join(', ');
  return [
    heading(
      page,
      'Audit mode',
      `${counted(policies, 'policy', 'policies')} would change ${counted(calls, 'call')}`,
    ),
    ...(told === '' ? [] : paragraph(page, told, 2)),
  ];
};

/** Sessions whose recorded history would not have happened under these policies. */
export const divergences: Section<ReplayReport> = (report, page) => {
  const sessions = report.summary.firstDivergences;
  if (sessions === 0) return [];
  return [
    heading(page, 'First divergences', counted(sessions, 'session')),
    ...paragraph(
      page,
      'There a call that was executed when it was recorded is not allowed now: what follows it in its session might not have happened.',
      2,
    ),
  ];
};
