import type { Incident } from '@benchbook/model';
import { mergeIncidents, sameIncident } from '../merge.ts';
import type { Spool, Waiting } from './spool.ts';

/** Of one sink; what is beyond is refused and told, never dropped in silence. */
export const MOST_WAITING = 10_000;

/** What a run's incidents came to before anything was sent. */
export interface Offered {
  /** Told to the sink before, just as they are. */
  readonly unchanged: number;
  /** Keys for which the spool has no room. */
  readonly refused: readonly string[];
}

/**
 * What must be written so that a run's incidents are not lost: each merged with what waits, was given up or was sent
 * under its key. One that was given up is tried anew.
 */
export async function offer(
  spool: Spool,
  incidents: readonly Incident[],
  put: (one: Waiting) => Promise<void>,
  most: number = MOST_WAITING,
): Promise<Offered> {
  const waiting = new Map((await spool.waiting()).map((one) => [one.incident.key, one]));
  const buried = new Map((await spool.buried()).map((one) => [one.incident.key, one.incident]));
  let order = Math.max(0, ...[...waiting.values()].map((one) => one.order));
  let unchanged = 0;
  const refused: string[] = [];
  for (const incident of byKey(incidents)) {
    const { key } = incident;
    const before = waiting.get(key);
    const known = before?.incident ?? buried.get(key) ?? (await spool.sent(key));
    const merged = known ? mergeIncidents(known, incident) : incident;
    const isSent = !before && !buried.has(key) && known !== undefined;
    if (isSent && sameIncident(known, merged)) {
      unchanged++;
      continue;
    }
    if (!before && waiting.size >= most) {
      refused.push(key);
      continue;
    }
    const one = { order: before?.order ?? ++order, notBefore: before?.notBefore ?? null, incident: merged };
    await put(one);
    waiting.set(key, one);
    if (buried.has(key)) await spool.unbury(key);
  }
  return { unchanged, refused };
}

/** Sorted, and of a key that stands twice one. */
function byKey(incidents: readonly Incident[]): Incident[] {
  const found = new Map<string, Incident>();
  for (const one of incidents) {
    const known = found.get(one.key);
    found.set(one.key, known ? mergeIncidents(known, one) : one);
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
