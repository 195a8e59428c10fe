/** What the status bar says. */
import { OUTCOMES, type Outcome } from '@benchbook/model';
import type { StatusParams } from '@benchbook/protocol';

/** Codicons of outcomes, also in the Recordings view. */
export const OUTCOME_ICONS: { readonly [outcome in Outcome]: string } = {
  allow: 'pass',
  deny: 'circle-slash',
  escalate: 'person',
  indeterminate: 'question',
};

/** `3,060`. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** `12 deny`, ...: outcomes that any call came to. */
export function outcomeCounts(outcomes: { readonly [outcome in Outcome]: number }): string[] {
  return OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map(
    (outcome) => `${count(outcomes[outcome])} ${outcome}`,
  );
}

/** The item's text with codicons. null: nothing is to be shown. */
export function statusText(status: StatusParams | null): string | null {
  if (!status) return null;
  if (status.total === 0) return status.policies > 0 ? '$(law) No recordings' : null;
  const flips = status.flips ? `  $(arrow-swap) ${count(status.flips)}` : '';
  const stale = status.stale ? '  $(warning) stale' : '';
  if (status.decided < status.total)
    return `$(sync~spin) ${count(status.decided)} / ${count(status.total)} calls${stale}`;
  const outcomes = OUTCOMES.filter((outcome) => status.outcomes[outcome] > 0)
    .map((outcome) => `$(${OUTCOME_ICONS[outcome]}) ${count(status.outcomes[outcome])}`)
    .join('  ');
  return `${outcomes}${flips}${stale}`;
}

/** The item's tooltip, and what a screen reader says: plain lines. */
export function statusLines(status: StatusParams, workspace: string): string[] {
  const { decided, total, leftOut, flips, base, baseReason, chosen } = status;
  const calls =
    decided < total ? `${count(decided)} of ${count(total)} calls decided` : `${count(total)} calls`;
  return [
    `${workspace}: ${[calls, ...outcomeCounts(status.outcomes)].join(', ')}`,
    ...(leftOut > 0 ? [`${count(leftOut)} calls are left out (benchbook.preview.calls)`] : []),
    ...(status.stale
      ? ['The policies do not load as they stand: this is what the last ones that did came to']
      : []),
    `${count(status.policies)} policies, ${count(status.neverExercised)} never exercised`,
    ...(base === null
      ? [`No flips: ${baseReason ?? 'the base is not known yet'}`]
      : flips === null
        ? [`Comparing with ${base} ...`]
        : [`${count(flips)} ${flips === 1 ? 'call flips' : 'calls flip'} against ${base}`]),
    ...(chosen ? [`Chosen call: ${chosen.id} (${chosen.tool}), ${chosen.outcome}`] : []),
  ];
}
