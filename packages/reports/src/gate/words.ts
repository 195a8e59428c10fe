import type { GateCheck, GateReport, VerifyReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';

/** What the gate says of an agent, in one sentence; the agent's id is not in it. */
export function gateSentence({ outcome, tier, checks, expires }: GateReport): string {
  if (outcome === 'certified') return `certified for tier ${tier} until ${expires ?? '-'}`;
  if (outcome === 'passed') return `passes at tier ${tier}; nothing was issued`;
  const failed = stateCount(checks, 'failed');
  const open = stateCount(checks, 'unverified');
  const parts = [...(failed > 0 ? [`${failed} failed`] : []), ...(open > 0 ? [`${open} unverified`] : [])];
  return `refused at tier ${tier}: ${parts.join(', ')}`;
}

/** The last line of a gate report, made to be counted. */
export function gateClosing({ checks, outcome }: GateReport): string {
  const parts = (['passed', 'failed', 'unverified'] as const).map(
    (state) => `${stateCount(checks, state)} ${state}`,
  );
  return `${counted(checks.length, 'check')}: ${parts.join(', ')}; ${outcome}`;
}

/** What `--verify` says of a certificate, in one sentence; the agent's id is not in it. */
export function verifySentence({ state, expires, reasons }: VerifyReport): string {
  return state === 'valid'
    ? `certificate valid until ${expires ?? '-'}`
    : `certificate invalid: ${counted(reasons.length, 'reason')}`;
}

function stateCount(checks: readonly GateCheck[], state: GateCheck['state']): number {
  return checks.filter((one) => one.state === state).length;
}
