import { digest, writeJson } from '@benchbook/model';
import { isIsoTime } from '../../history/iso-time.ts';
import type { PagerDutySink } from '../sink.ts';
import { type IncidentEvent, oneLine } from './event.ts';
import type { Credentials, SinkRequest } from './request.ts';

const LONGEST_SUMMARY = 1024;
const LONGEST_KEY = 255;
const LONGEST_DETAIL = 500;

/**
 * A trigger event of PagerDuty's Events API v2. Events with the `dedup_key` of an open alert join that alert, so that
 * sending one twice does no harm.
 */
export function pagerDutyRequest(
  sink: PagerDutySink,
  { incident }: IncidentEvent,
  credentials: Credentials,
): SinkRequest {
  const detail = (text: string | null) => (text === null ? null : oneLine(text, LONGEST_DETAIL));
  const body = writeJson({
    routing_key: credentials.value(sink.secret),
    event_action: 'trigger',
    dedup_key: dedupKey(incident.key),
    payload: {
      summary: oneLine(incident.summary, LONGEST_SUMMARY) || 'Incident without a summary',
      source: oneLine(incident.agent ?? sink.source, LONGEST_DETAIL) || sink.source,
      severity: incident.severity,
      ...(isIsoTime(incident.last) && { timestamp: incident.last }),
      component: detail(incident.policy) ?? incident.kind,
      class: incident.kind,
      custom_details: {
        key: detail(incident.key),
        agent: detail(incident.agent),
        policy: detail(incident.policy),
        first_call: detail(incident.firstCall),
        first: detail(incident.first),
        last: detail(incident.last),
        count: incident.count,
      },
    },
    client: 'Benchbook',
  });
  return { method: 'POST', url: sink.url, headers: { 'content-type': 'application/json' }, body };
}

function dedupKey(key: string): string {
  const plain = oneLine(key, LONGEST_KEY);
  return plain === key && key !== '' ? key : `benchbook-${digest(key)}`;
}
