import { isObject, type Json, type JsonObject, OUTCOMES } from '@benchbook/model';

const DIGEST = /^[0-9a-f]{64}$/;

const text = (value: Json | undefined) => typeof value === 'string';
const textOrNull = (value: Json | undefined) => value === null || typeof value === 'string';
const texts = (value: Json | undefined) => Array.isArray(value) && value.every((one) => text(one));
const monthsOrNull = (value: Json | undefined) =>
  value === null || (typeof value === 'number' && Number.isFinite(value));

/** True for what a record of ours may hold: whoever reads it after that need not fear its shape. */
export function isTrailEntry(entry: JsonObject): boolean {
  if (!text(entry.ts)) return false;
  switch (entry.kind) {
    case 'decision':
    case 'reset':
    case 'review':
      return isAuditEntry(entry);
    case 'opened':
      return entry.schema === 'benchbook.trail/v1' && text(entry.trail) && hasTerms(entry);
    case 'continued':
      return (entry.torn === null || isObject(entry.torn)) && hasTerms(entry);
    case 'signed-head':
      return text(entry.key);
    default:
      return false;
  }
}

function isAuditEntry({ actor, action, outcome, enforced, ...entry }: JsonObject): boolean {
  return (
    isObject(actor) &&
    textOrNull(actor.agent) &&
    textOrNull(actor.user) &&
    isObject(action) &&
    [action.tool, action.call, action.session].every(text) &&
    textOrNull(action.server) &&
    (outcome === null || OUTCOMES.some((one) => one === outcome)) &&
    (enforced === 'permitted' || enforced === 'blocked') &&
    text(entry.by) &&
    texts(entry.determining) &&
    DIGEST.test(String(entry.context)) &&
    textOrNull(entry.certificate) &&
    (entry.note === undefined || text(entry.note)) &&
    (entry.facts === undefined || isObject(entry.facts))
  );
}

function hasTerms({ retentionMonths, redact, keep, hashKey }: JsonObject): boolean {
  return monthsOrNull(retentionMonths) && Array.isArray(redact) && texts(keep) && text(hashKey);
}
