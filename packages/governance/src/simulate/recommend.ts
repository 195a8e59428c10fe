import type { AuditPolicyReport } from '@benchbook/model';
import type { AuditCounts } from './audit-policies.ts';
import type { Evidence } from './options.ts';

/** Share of what a policy would have stopped that nobody may have labelled. */
const MAX_UNLABELLED = 0.1;

/**
 * Mend where it errs or stops what was right; enforce where it stopped something, nearly all of it labelled as wrong,
 * and the recordings hold enough labelled calls over enough days; else wait. The first reason that holds is told.
 */
export function recommend(
  { wouldBlock, wouldEscalate, falseAlarms, confirmed, unlabelled, errors, firstFalseAlarm }: AuditCounts,
  seen: Evidence,
  needed: Evidence,
): Pick<AuditPolicyReport, 'recommendation' | 'why'> {
  const hits = wouldBlock + wouldEscalate;
  if (errors > 0) return { recommendation: 'mend', why: `it errs on ${calls(errors)}` };
  if (falseAlarms > 0)
    return {
      recommendation: 'mend',
      why: `it would have stopped ${calls(falseAlarms)} that ${falseAlarms === 1 ? 'was' : 'were'} right, first ${firstFalseAlarm}`,
    };
  const wait = (why: string) => ({ recommendation: 'wait', why }) as const;
  if (hits === 0) return wait('it would have stopped nothing yet');
  if (unlabelled > hits * MAX_UNLABELLED)
    return wait(`nobody labelled ${unlabelled} of the ${calls(hits)} that it would have stopped`);
  if (seen.labelled < needed.labelled)
    return wait(`${calls(seen.labelled)} with \`expect\` or a label, of ${needed.labelled} that are needed`);
  if (seen.days < needed.days)
    return wait(`the recordings cover ${daysOf(seen.days)}, of ${needed.days} that are needed`);
  return {
    recommendation: 'enforce',
    why: `${confirmed} of ${calls(hits)} confirmed, no false alarm, ${seen.labelled} labelled calls over ${daysOf(seen.days)}`,
  };
}

function calls(count: number): string {
  return `${count} ${count === 1 ? 'call' : 'calls'}`;
}

function daysOf(days: number): string {
  const whole = Math.floor(days);
  return `${whole} ${whole === 1 ? 'day' : 'days'}`;
}
