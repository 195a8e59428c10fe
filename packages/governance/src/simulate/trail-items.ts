import { type AuditEntry, canonicalJson, digest, type Json, type JsonObject } from '@benchbook/model';
import { decisionEntry } from '../trail/entry.ts';
import type { TrailItem } from '../trail/open.ts';
import type { EnforcedEntry, SimulationHooks } from './hooks.ts';

/** What an audit trail of a simulation is made from. */
export interface TrailSources {
  /** SHA-256 of an agent's certificate; null: none. */
  readonly certificateOf: (agent: string | null) => string | null;
  /** Hand over the calls too, of which the trail keeps what it is asked to. */
  readonly withCalls: boolean;
  readonly take: (item: TrailItem) => void;
}

/** Makes entries of a trail from what a simulation tells: decisions, reviews and resets, in the order of its clock. */
export function trailHooks({ certificateOf, withCalls, take }: TrailSources): SimulationHooks {
  const item = (entry: AuditEntry, { call }: EnforcedEntry): TrailItem => ({
    entry,
    ...(withCalls && { call: call as unknown as JsonObject }),
  });
  return {
    onEnforced(enforced, of) {
      const { call, facts, policies, review, note } = of;
      // Until the person has answered nothing goes through; what came of it is an entry of its own.
      const held = review ? { ...enforced, action: 'blocked' as const } : enforced;
      const said = enforced.unvalidated && !review ? `${note}; the policies say ${policies.outcome}` : note;
      const told = review ? 'held for a person' : said;
      const entry = decisionEntry(held, {
        user: call.user?.id ?? null,
        server: call.tool.server ?? null,
        facts: facts() as unknown as Json,
        certificate: certificateOf(enforced.agent),
        ...(told !== null && { note: told }),
      });
      take(item(entry, of));
    },
    onReview(enforced, of) {
      const { call, facts, review, note } = of;
      const entry = decisionEntry(enforced, {
        user: review!.by,
        server: call.tool.server ?? null,
        facts: facts() as unknown as Json,
        certificate: certificateOf(enforced.agent),
        ...(note !== null && { note }),
      });
      take(item({ ...entry, kind: 'review', ts: new Date(review!.settled).toISOString() }, of));
    },
    onReset({ at, rule, key, by, reason, call, agent }) {
      take({
        entry: {
          ts: new Date(at).toISOString(),
          kind: 'reset',
          actor: { agent, user: by },
          action: { tool: rule, server: null, call, session: '' },
          outcome: null,
          enforced: 'permitted',
          by: 'breaker',
          determining: [],
          context: digest(canonicalJson({ at, by, key, reason, rule })),
          certificate: certificateOf(agent),
          note: `breaker ${rule} reset for ${key}: ${reason}`,
        },
      });
    },
  };
}
