/** What the Recordings view writes. */
import type { CallEntry, Outcome, RecordingEntry, SessionEntry } from '@benchbook/model';
import { count, outcomeCounts } from '../status/status-text.ts';

/** Theme colours of outcomes. */
export const OUTCOME_COLOURS: { readonly [outcome in Outcome]: string } = {
  allow: 'testing.iconPassed',
  deny: 'testing.iconFailed',
  escalate: 'charts.yellow',
  indeterminate: 'charts.purple',
};

/** What was not let through stands out: a row is narrow, and allowed calls are the rest. */
export function recordingDescription({ calls, outcomes }: RecordingEntry | SessionEntry): string {
  const { allow: _, ...others } = outcomes;
  const counts = outcomeCounts({ allow: 0, ...others });
  return [`${count(calls)} ${calls === 1 ? 'call' : 'calls'}`, ...counts].join(', ');
}

/** `deny -> allow` where it flips, then the arguments. */
export function callDescription({ outcome, was, summary }: CallEntry): string {
  return [was === undefined ? '' : `${was} → ${outcome}`, summary].filter((part) => part !== '').join('  ');
}

/** Plain lines: a tooltip never holds Markdown, since its text comes from recordings. */
export function callTooltip(call: CallEntry): string {
  const lines = [
    `${call.id}: ${call.tool}`,
    `${call.outcome} (${call.basis})${call.was === undefined ? '' : `, was ${call.was}`}`,
    call.determining.length > 0 && `because of ${call.determining.join(', ')}`,
    call.because && call.because.length > 0 && `the flip is laid to ${call.because.join(', ')}`,
    call.wouldBe !== call.outcome && `with audited policies applied: ${call.wouldBe}`,
    call.expect !== undefined && `expected: ${call.expect}${call.expect === call.outcome ? '' : ' (missed)'}`,
    call.agent !== null && `agent ${call.agent}`,
    call.ts,
    `${call.source.file}${call.source.line === undefined ? '' : `:${call.source.line}`}`,
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}

/** What a screen reader says of a row. */
export function callAccessibleLabel(call: CallEntry): string {
  const flip = call.was === undefined ? '' : `, was ${call.was}`;
  return `${call.tool}, ${call.outcome}${flip}, call ${call.id}`;
}
