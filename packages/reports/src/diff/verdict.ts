import type { DiffReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { newlyAllowed } from './kinds.ts';

/** What a reviewer must know before all else. */
export interface Verdict {
  readonly sentence: string;
  /** Something to fear or to do. */
  readonly bad: boolean;
}

/** Stands wherever a diff without flips is told. */
export const NO_PROOF = 'That is no proof for calls that were not recorded.';

/** The verdict in one line: newly allowed, unapproved, coverage lost, slower or not. Words of ours alone. */
export function verdictOf(report: DiffReport): Verdict {
  const bad = report.findings.length > 0;
  const { calls, flips, undecided } = report.summary;
  if (calls === 0) return { sentence: 'No recorded call, so nothing was compared.', bad };
  const parts = [...flipWords(report), coverageWords(report), latencyWords(report)];
  const told = parts.filter((part) => part !== '').join(', ');
  if (flips > 0) return { sentence: `${told}.`, bad };
  const start =
    undecided > 0
      ? `No known outcome changes for ${counted(calls, 'recorded call')}, but ${count(undecided)} of them ${undecided === 1 ? 'is' : 'are'} undecided`
      : `Nothing changes for the ${counted(calls, 'recorded call')}`;
  return { sentence: `${start}: ${told}. ${NO_PROOF}`, bad };
}

/** Flips that nothing approves. */
export function unapproved(report: DiffReport): number {
  return report.flips.filter((flip) => flip.approved === null).length;
}

function flipWords(report: DiffReport): string[] {
  const { flips, byKind, undecided } = report.summary;
  if (flips === 0) return staleWords(report);
  const allowed = newlyAllowed(byKind);
  const open = unapproved(report);
  return [
    allowed === 0 ? 'no call newly allowed' : `${counted(allowed, 'call')} newly allowed`,
    open === 0
      ? `all ${counted(flips, 'flip')} approved`
      : `${count(open)} of ${counted(flips, 'flip')} unapproved`,
    ...(undecided > 0 ? [`${counted(undecided, 'call')} undecided`] : []),
    ...staleWords(report),
  ];
}

function staleWords({ approvals }: DiffReport): string[] {
  const stale = approvals?.stale.length ?? 0;
  return stale === 0 ? [] : [counted(stale, 'stale approval')];
}

function coverageWords({ coverage: { lost } }: DiffReport): string {
  const parts = [
    ...(lost.policies.length > 0 ? [counted(lost.policies.length, 'policy', 'policies')] : []),
    ...(lost.conditions.length > 0 ? [counted(lost.conditions.length, 'condition')] : []),
  ];
  return parts.length === 0 ? 'no coverage lost' : `coverage lost of ${parts.join(' and ')}`;
}

function latencyWords({ latency }: DiffReport): string {
  if (!latency) return 'latency not measured';
  return {
    regression: 'slowest decisions slower',
    improvement: 'slowest decisions faster',
    unchanged: 'no slower',
    inconclusive: 'slower or not cannot be told',
  }[latency.p99.verdict];
}

/** The last line, made to be counted: `3,060 calls: 2 flips (2 newly allowed), 3,058 unchanged, 0 undecided`. */
export function closingLine({ calls, flips, unchanged, undecided, byKind }: DiffReport['summary']): string {
  return `${counted(calls, 'call')}: ${counted(flips, 'flip')} (${count(newlyAllowed(byKind))} newly allowed), ${count(unchanged)} unchanged, ${count(undecided)} undecided`;
}
