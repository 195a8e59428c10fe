import type { IncidentEvent } from '../payload/event.ts';
import { fileLine } from '../payload/file.ts';
import { pagerDutyRequest } from '../payload/pagerduty.ts';
import { type Credentials, namedCredentials, type SinkRequest } from '../payload/request.ts';
import { createRecord, findRecord, foundRecord, isRecord, updateRecord } from '../payload/servicenow.ts';
import { webhookRequest } from '../payload/webhook.ts';
import type { FileSink, HttpSink, ServiceNowSink, Sink } from '../sink.ts';
import type { DeliveryPorts, Exchanged } from './ports.ts';

type Exchange = DeliveryPorts['exchange'];

/** Tells a sink of one event; the answer that decides. `now` in milliseconds since 1970. */
export async function sendTo(
  sink: HttpSink,
  event: IncidentEvent,
  credentials: Credentials,
  exchange: Exchange,
  now: number,
): Promise<Exchanged> {
  switch (sink.kind) {
    case 'pagerduty':
      return exchange(pagerDutyRequest(sink, event, credentials));
    case 'webhook':
      return exchange(await webhookRequest(sink, event, credentials, String(Math.floor(now / 1000))));
    case 'servicenow':
      return sendRecord(sink, event, credentials, exchange);
  }
}

/** Looks the record up first, so that what was sent before a crash is not opened again. */
async function sendRecord(
  sink: ServiceNowSink,
  event: IncidentEvent,
  credentials: Credentials,
  exchange: Exchange,
): Promise<Exchanged> {
  const asked = await exchange(findRecord(sink, event, credentials));
  if (!isSuccess(asked)) return asked;
  const found = foundRecord(asked.body);
  if (found === undefined) return NO_TABLE;
  const answer = await exchange(
    found === null ? createRecord(sink, event, credentials) : updateRecord(sink, event, credentials, found),
  );
  return isSuccess(answer) && !isRecord(answer.body) ? NO_TABLE : answer;
}

const NO_TABLE: Exchanged = { kind: 'none', message: 'the answer is none of the Table API' };

function isSuccess(exchanged: Exchanged): exchanged is Extract<Exchanged, { kind: 'answer' }> {
  return exchanged.kind === 'answer' && exchanged.status >= 200 && exchanged.status < 300;
}

/** What `sendTo` would send, with names in place of secrets and `<time>` in place of the time. */
export async function requestsFor(
  sink: Exclude<Sink, FileSink>,
  event: IncidentEvent,
): Promise<readonly SinkRequest[]> {
  switch (sink.kind) {
    case 'pagerduty':
      return [pagerDutyRequest(sink, event, namedCredentials)];
    case 'webhook':
      return [await webhookRequest(sink, event, namedCredentials, '<time>')];
    case 'servicenow':
      return [findRecord(sink, event, namedCredentials), createRecord(sink, event, namedCredentials)];
  }
}

/** Appends an event to the file of a file sink. */
export async function sendToFile(
  sink: FileSink,
  event: IncidentEvent,
  append: DeliveryPorts['append'],
): Promise<Exchanged> {
  const problem = await append(sink.path, fileLine(event));
  return problem === null
    ? { kind: 'answer', status: 200, retryAfter: null, body: '' }
    : { kind: 'none', message: problem };
}
