import { digest, getOwn, type Incident, isObject, type Json, writeJson } from '@benchbook/model';
import type { ServiceNowSink } from '../sink.ts';
import { type IncidentEvent, oneLine } from './event.ts';
import type { Credentials, SinkRequest } from './request.ts';

const LONGEST_TITLE = 160;
const LONGEST_LINE = 500;

/** Choices of ServiceNow's incident table: 1 high, 2 medium, 3 low. */
const LEVEL = { critical: '1', error: '2', warning: '3' } as const;

/** Asks for the open record of an incident: the Table API itself never joins two of one `correlation_id`. */
export function findRecord(
  sink: ServiceNowSink,
  event: IncidentEvent,
  credentials: Credentials,
): SinkRequest {
  const query = new URLSearchParams({
    sysparm_query: `active=true^correlation_id=${correlationId(event.incident)}`,
    sysparm_fields: 'sys_id',
    sysparm_limit: '1',
  });
  return {
    method: 'GET',
    url: `${sink.url}/api/now/table/incident?${query}`,
    headers: headers(sink, credentials),
    body: '',
  };
}

export function createRecord(
  sink: ServiceNowSink,
  { incident }: IncidentEvent,
  credentials: Credentials,
): SinkRequest {
  const body = writeJson({
    short_description: oneLine(incident.summary, LONGEST_TITLE) || 'Incident without a summary',
    description: description(incident),
    urgency: LEVEL[incident.severity],
    impact: LEVEL[incident.severity],
    correlation_id: correlationId(incident),
    correlation_display: 'Benchbook',
  });
  const url = `${sink.url}/api/now/table/incident`;
  return { method: 'POST', url, headers: headers(sink, credentials), body };
}

export function updateRecord(
  sink: ServiceNowSink,
  { incident }: IncidentEvent,
  credentials: Credentials,
  sysId: string,
): SinkRequest {
  const body = writeJson({
    description: description(incident),
    urgency: LEVEL[incident.severity],
    impact: LEVEL[incident.severity],
    work_notes: `Counted ${incident.count}, last at ${oneLine(incident.last, LONGEST_LINE)}.`,
  });
  const url = `${sink.url}/api/now/table/incident/${sysId}`;
  return { method: 'PATCH', url, headers: headers(sink, credentials), body };
}

/** The record that was found; null: there is none; undefined: that is no answer of the Table API. */
export function foundRecord(body: string): string | null | undefined {
  const result = resultOf(body);
  if (!Array.isArray(result)) return undefined;
  if (result.length === 0) return null;
  const first: Json = result[0];
  const id = isObject(first) ? getOwn(first, 'sys_id') : undefined;
  return typeof id === 'string' && /^[0-9a-f]{32}$/.test(id) ? id : undefined;
}

/** True where an answer is one of the Table API, not the page of an instance that sleeps or asks for a password. */
export function isRecord(body: string): boolean {
  return isObject(resultOf(body));
}

function resultOf(body: string): Json | undefined {
  try {
    const value: Json = JSON.parse(body);
    return isObject(value) ? getOwn(value, 'result') : undefined;
  } catch {
    return undefined;
  }
}

/** Short enough for the field, and without the signs that mean something in a query. */
function correlationId({ key }: Incident): string {
  return `benchbook-${digest(key)}`;
}

function description(incident: Incident): string {
  const lines = [
    ['What', incident.summary],
    ['Kind', incident.kind],
    ['Agent', incident.agent ?? 'unknown'],
    ['Policy', incident.policy ?? 'none'],
    ['First call', incident.firstCall],
    ['First', incident.first],
    ['Last', incident.last],
    ['Count', String(incident.count)],
    ['Key', incident.key],
  ] as const;
  return lines.map(([name, text]) => `${name}: ${oneLine(text, LONGEST_LINE / 2)}`).join('\n');
}

function headers(sink: ServiceNowSink, credentials: Credentials): { readonly [name: string]: string } {
  const authorization =
    sink.user === null
      ? `Bearer ${credentials.value(sink.secret)}`
      : `Basic ${credentials.basic(sink.user, sink.secret)}`;
  return { accept: 'application/json', 'content-type': 'application/json', authorization };
}
