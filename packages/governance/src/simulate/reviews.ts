import type { Call } from '@benchbook/model';
import { timeOf } from './clock.ts';
import type { Posture } from './fail-mode.ts';

/** What came of an escalated call. */
export interface Review {
  readonly state: 'granted' | 'rejected' | 'expired';
  /** Milliseconds of the virtual clock. */
  readonly requested: number;
  readonly settled: number;
  readonly by: string | null;
  /** When a person answered, in time or late; null: nobody did. */
  readonly answered: number | null;
  /** Why a recorded answer does not count. */
  readonly refused: 'no-approver' | 'late' | null;
}

/**
 * What the recording says of a review: it is honoured where it came in time and, if the card names approvers, from one
 * of them. Its time is `at` or `ts` of the approval, else the call took as long as its `durationMs`, else it came at once.
 */
export function reviewOf(call: Call, requested: number, { record, reviewMinutes }: Posture): Review {
  const limit = requested + reviewMinutes * 60_000;
  const approval = call.approval;
  const nobody = { requested, settled: limit, state: 'expired', by: null, answered: null } as const;
  if (approval?.state !== 'granted' && approval?.state !== 'rejected') return { ...nobody, refused: null };
  const by = approval.by ?? null;
  const approvers = record?.deployment.approvers ?? [];
  if (approvers.length > 0 && (by === null || !approvers.includes(by)))
    return { ...nobody, by, refused: 'no-approver' };
  const answered = Math.max(
    requested,
    timeOf(approval.at) ?? timeOf(approval.ts) ?? requested + Math.max(0, call.durationMs ?? 0),
  );
  if (answered > limit) return { ...nobody, by, answered, refused: 'late' };
  return { state: approval.state, requested, settled: answered, by, answered, refused: null };
}
