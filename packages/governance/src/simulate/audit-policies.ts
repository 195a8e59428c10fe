import type { AuditPolicyReport, Call, Decision, Outcome, Policy } from '@benchbook/model';
import { type Word, wordOn } from './labels.ts';
import type { Evidence, LabelNames } from './options.ts';
import { recommend } from './recommend.ts';

/** What one policy in audit mode would have done. */
export interface AuditCounts {
  wouldBlock: number;
  wouldEscalate: number;
  falseAlarms: number;
  confirmed: number;
  unlabelled: number;
  errors: number;
  /** First call that it would have stopped wrongly. */
  firstFalseAlarm: string | null;
}

/** Counts what policies in audit mode would have done. */
export interface AuditTally {
  visit(call: Call, decision: Decision, wouldBe: Decision): void;
  report(days: number): readonly AuditPolicyReport[];
}

/** `policies`: those in audit mode. */
export function auditTally(policies: readonly Policy[], labels: LabelNames, evidence: Evidence): AuditTally {
  const counts = new Map<string, AuditCounts>(policies.map(({ id }) => [id, noCounts()]));
  const escalating = new Set(policies.filter(({ effect }) => effect === 'escalate').map(({ id }) => id));
  let labelled = 0;
  return {
    visit(call, decision, wouldBe) {
      if (counts.size === 0) return;
      const word = wordOn(call, labels);
      if (word !== null) labelled++;
      for (const error of wouldBe.errors) {
        const own = error.policy === null ? undefined : counts.get(error.policy);
        if (own) own.errors++;
      }
      const stops = stopped(decision.outcome, wouldBe.outcome);
      if (stops === null) return;
      for (const policy of wouldBe.determining) {
        const own = counts.get(policy);
        // It stands beside what denies; alone it would have asked for a person.
        if (!own || (stops === 'deny' && escalating.has(policy))) continue;
        if (stops === 'deny') own.wouldBlock++;
        else own.wouldEscalate++;
        const right = judge(stops, word);
        if (right === null) own.unlabelled++;
        else if (right) own.confirmed++;
        else {
          own.falseAlarms++;
          own.firstFalseAlarm ??= call.id;
        }
      }
    },
    report: (days) =>
      policies.map(({ id, effect }) => {
        const { firstFalseAlarm: _, errors: __, ...shown } = counts.get(id)!;
        return { policy: id, effect, ...shown, ...recommend(counts.get(id)!, { labelled, days }, evidence) };
      }),
  };
}

/** What audit policies would do to a call that goes on without them; null: nothing. */
function stopped(outcome: Outcome, wouldBe: Outcome): 'deny' | 'escalate' | null {
  if (wouldBe === 'deny') return outcome === 'allow' || outcome === 'escalate' ? 'deny' : null;
  return wouldBe === 'escalate' && outcome === 'allow' ? 'escalate' : null;
}

/** Whether it is right to do so; null: nobody said. A person's look at a call that is wrong is right, too. */
function judge(stops: 'deny' | 'escalate', word: Word): boolean | null {
  if (word === null || word === 'indeterminate') return null;
  if (word === 'deny' || word === 'malicious') return true;
  return word === 'escalate' && stops === 'escalate';
}

function noCounts(): AuditCounts {
  return {
    wouldBlock: 0,
    wouldEscalate: 0,
    falseAlarms: 0,
    confirmed: 0,
    unlabelled: 0,
    errors: 0,
    firstFalseAlarm: null,
  };
}
