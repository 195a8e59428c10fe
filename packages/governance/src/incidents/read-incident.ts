import { getOwn, type Incident, isObject, type Json } from '@benchbook/model';

const TEXTS = ['key', 'summary', 'firstCall', 'first', 'last'] as const;
const SEVERITIES = ['critical', 'error', 'warning'] as const;
const KINDS = ['violation', 'breaker'] as const;

/** An incident from JSON that was stored; undefined where it is none. */
export function readIncident(value: Json | undefined): Incident | undefined {
  if (!isObject(value)) return undefined;
  const [key, summary, firstCall, first, last] = TEXTS.map((name) => getOwn(value, name));
  const severity = SEVERITIES.find((one) => one === getOwn(value, 'severity'));
  const kind = KINDS.find((one) => one === getOwn(value, 'kind'));
  const agent = getOwn(value, 'agent') ?? null;
  const policy = getOwn(value, 'policy') ?? null;
  const count = getOwn(value, 'count');
  if (!isText(key) || !isText(summary) || !isText(firstCall) || !isText(first) || !isText(last))
    return undefined;
  if (!severity || !kind || typeof count !== 'number' || count < 0) return undefined;
  if ((agent !== null && !isText(agent)) || (policy !== null && !isText(policy))) return undefined;
  return { key, kind, severity, summary, agent, policy, firstCall, first, last, count };
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}
