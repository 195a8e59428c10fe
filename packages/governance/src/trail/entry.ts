import { type AuditEntry, canonicalJson, digest, type EnforcedCall, type Json } from '@benchbook/model';

/** What a decision's entry says beyond what was enforced. */
export interface DecisionDetails {
  readonly user: string | null;
  readonly server: string | null;
  /** What was decided on. */
  readonly facts: Json;
  /** SHA-256 of the agent's certificate; null: none. */
  readonly certificate: string | null;
  readonly note?: string;
}

/** The entry of a decision that was enforced. */
export function decisionEntry(enforced: EnforcedCall, details: DecisionDetails): AuditEntry {
  const { ts, agent, tool, call, session, decision, action, by, determining } = enforced;
  const { user, server, certificate, note } = details;
  return {
    ts,
    kind: 'decision',
    actor: { agent, user },
    action: { tool, server, call, session },
    outcome: decision,
    enforced: action,
    by,
    determining,
    context: digest(canonicalJson(details.facts)),
    certificate,
    ...(note !== undefined && { note }),
  };
}
