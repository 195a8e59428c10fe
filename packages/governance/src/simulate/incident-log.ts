import type { Decision, Incident, RiskTier } from '@benchbook/model';
import type { Trip } from './breakers.ts';
import { isoOf } from './clock.ts';
import { isGrave, type Posture } from './fail-mode.ts';
import { wildcards } from './wildcards.ts';

/** Incidents by key: the first makes one, the next are counted. */
export interface IncidentLog {
  /** The incidents that a denied call begins. */
  violation(call: string, at: number, posture: Posture, decision: Decision): readonly Incident[];
  /** The incident that a trip begins. */
  trip(trip: Trip, agent: string | null, tier: RiskTier): readonly Incident[];
  readonly incidents: readonly Incident[];
}

/**
 * `critical`: ids of policies, with `*`. Without any, every policy counts that denies a call of an agent of the
 * critical tier. `escalating`: policies that only ever ask for a person; they stand beside what denied, and stopped
 * nothing.
 */
export function incidentLog(critical: readonly string[], escalating: ReadonlySet<string>): IncidentLog {
  const matches = critical.length > 0 ? wildcards(critical) : undefined;
  const byKey = new Map<string, { -readonly [member in keyof Incident]: Incident[member] }>();

  function note(incident: Incident): readonly Incident[] {
    const known = byKey.get(incident.key);
    if (!known) {
      byKey.set(incident.key, { ...incident });
      return [incident];
    }
    known.count++;
    known.last = incident.last;
    return [];
  }

  return {
    violation(call, at, { agent, tier }, { outcome, determining }) {
      if (outcome !== 'deny' || (!matches && tier !== 'critical')) return [];
      return determining
        .filter((policy) => !escalating.has(policy) && (matches === undefined || matches(policy)))
        .flatMap((policy) =>
          note({
            key: keyOf('violation', agent ?? '(unknown)', policy),
            kind: 'violation',
            severity: 'critical',
            summary: `${agent ?? 'an unknown agent'} was stopped by ${policy}`,
            agent,
            policy,
            firstCall: call,
            first: isoOf(at),
            last: isoOf(at),
            count: 1,
          }),
        );
    },
    trip({ rule, key, at, call, count }, agent, tier) {
      return note({
        key: keyOf('breaker', rule.name, key),
        kind: 'breaker',
        severity: isGrave(tier) ? 'critical' : 'error',
        summary: `breaker ${rule.name} tripped for ${key}: ${count} where ${rule.rule.limit} is the limit`,
        agent,
        policy: null,
        firstCall: call,
        first: isoOf(at),
        last: isoOf(at),
        count: 1,
      });
    },
    get incidents() {
      return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}

/** Parts that hold a colon are quoted, so that no two incidents share a key. */
function keyOf(...parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[%:]/g, encodeURIComponent)).join(':');
}
