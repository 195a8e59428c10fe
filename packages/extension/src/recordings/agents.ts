/** What the Recordings view writes of agents. */
import type { AgentEntry, GateStatus } from '@benchbook/model';

/** Codicons and theme colours of what the gate said. */
export const GATE_LOOKS: { readonly [state in GateStatus['state']]: { icon: string; colour: string } } = {
  valid: { icon: 'verified', colour: 'testing.iconPassed' },
  invalid: { icon: 'error', colour: 'testing.iconFailed' },
  none: { icon: 'circle-large-outline', colour: 'testing.iconSkipped' },
};

/** Longest reason in a row. */
const MAX_REASON = 120;

/** `certified until 2026-08-30`, `refused: REASON`, `never gated`. */
export function gateText({ state, reasons, expires }: GateStatus): string {
  if (state === 'none') return 'never gated';
  if (state === 'valid') return expires === null ? 'certified' : `certified until ${expires.slice(0, 10)}`;
  const [first = 'the certificate does not hold', ...more] = reasons;
  const reason = oneLine(first);
  return `refused: ${reason}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

/** `3, 1 refused`: how many there are, and how many of them do not hold what was certified. */
export function agentsDescription(agents: readonly AgentEntry[]): string {
  const of = (state: GateStatus['state']) => agents.filter(({ gate }) => gate.state === state).length;
  return [
    String(agents.length),
    ...(of('valid') > 0 ? [`${of('valid')} certified`] : []),
    ...(of('invalid') > 0 ? [`${of('invalid')} refused`] : []),
  ].join(', ');
}

/** Plain lines: its text comes from cards and certificates. */
export function agentTooltip({ id, name, tier, file, line, gate }: AgentEntry): string {
  return [
    name === null ? id : `${id}: ${oneLine(name)}`,
    `risk tier ${tier}`,
    gate.state === 'invalid' ? 'refused:' : gateText(gate),
    ...gate.reasons.slice(0, 10).map((reason) => `- ${oneLine(reason)}`),
    `${file}:${line}`,
  ].join('\n');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_REASON ? line : `${line.slice(0, MAX_REASON - 1).toWellFormed()}…`;
}
