import { canonicalJson, type Incident } from '@benchbook/model';

const RANK = { critical: 0, error: 1, warning: 2 } as const;

/**
 * What is known of one key after a later run told of it too. Runs over times apart add up; runs whose times overlap
 * may have seen the same calls, so the larger count stands, and the same run again changes nothing.
 */
export function mergeIncidents(known: Incident, later: Incident): Incident {
  const apart = isBefore(known.last, later.first) || isBefore(later.last, known.first);
  const laterIsFirst = isBefore(later.first, known.first);
  const newest = isBefore(later.last, known.last) ? known : later;
  return {
    key: known.key,
    kind: newest.kind,
    severity: RANK[later.severity] < RANK[known.severity] ? later.severity : known.severity,
    summary: newest.summary,
    agent: newest.agent,
    policy: newest.policy,
    firstCall: laterIsFirst ? later.firstCall : known.firstCall,
    first: laterIsFirst ? later.first : known.first,
    last: newest.last,
    count: apart ? known.count + later.count : Math.max(known.count, later.count),
  };
}

/** True where both say the same. */
export function sameIncident(a: Incident, b: Incident): boolean {
  return canonicalJson({ ...a }) === canonicalJson({ ...b });
}

/** Times that cannot be read are never apart: no count is made up from them. */
function isBefore(a: string, b: string): boolean {
  return Date.parse(a) < Date.parse(b);
}
