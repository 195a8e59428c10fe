import { createHmac } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { fileLine } from '../../src/incidents/payload/file.ts';
import { pagerDutyRequest } from '../../src/incidents/payload/pagerduty.ts';
import { heldCredentials } from '../../src/incidents/payload/request.ts';
import { createRecord, findRecord, updateRecord } from '../../src/incidents/payload/servicenow.ts';
import { webhookRequest } from '../../src/incidents/payload/webhook.ts';
import { hostile, incident } from './fixtures.ts';
import * as schemas from './schemas.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
formats.default(ajv);
const errorsOf = (schema: object, text: string) => {
  const validate = ajv.compile(schema);
  validate(JSON.parse(text));
  return validate.errors ?? [];
};

const credentials = heldCredentials(
  new Map([
    ['PD_KEY', 'R0123456789abcdef0123456789abcde'],
    ['SN_USER', 'bönch'],
    ['SN_PASSWORD', 'hunter2'],
    ['SN_TOKEN', 't0k3n'],
    ['HOOK', 's3cret'],
  ]),
);
const pagerduty = {
  kind: 'pagerduty',
  name: 'pd',
  url: 'https://events.pagerduty.com/v2/enqueue',
  secret: 'PD_KEY',
  source: 'benchbook',
} as const;
const servicenow = {
  kind: 'servicenow',
  name: 'sn',
  url: 'https://acme.service-now.com',
  secret: 'SN_PASSWORD',
  user: 'SN_USER',
} as const;
const webhook = { kind: 'webhook', name: 'hook', url: 'https://example.com/in', secret: 'HOOK' } as const;
const event = { incident: incident(), update: false };
const events = [
  ['plain', event],
  [
    'breaker',
    { incident: incident({ kind: 'breaker', severity: 'warning', agent: null, policy: null }), update: true },
  ],
  ['long', { incident: incident({ summary: 'x'.repeat(5000), key: 'k'.repeat(5000) }), update: false }],
  ['hostile', { incident: hostile, update: false }],
  ['empty', { incident: incident({ summary: '', agent: '', key: '' }), update: false }],
] as const;

describe.each(events)('%s', (_, one) => {
  test('PagerDuty', () => {
    const { body } = pagerDutyRequest(pagerduty, one, credentials);
    expect(errorsOf(schemas.pagerDutyEvent, body)).toEqual([]);
    expect(body.length).toBeLessThan(512 * 1024);
  });

  test('ServiceNow', () => {
    expect(errorsOf(schemas.serviceNowIncident, createRecord(servicenow, one, credentials).body)).toEqual([]);
    const update = JSON.parse(updateRecord(servicenow, one, credentials, 'a'.repeat(32)).body);
    expect(update.description.length).toBeLessThanOrEqual(4000);
  });

  test('webhook and file', async () => {
    const { body } = await webhookRequest(webhook, one, credentials, '1777629600');
    expect(errorsOf(schemas.incidentEvent, body)).toEqual([]);
    const line = fileLine(one);
    expect([line, line.indexOf('\n')]).toEqual([`${body}\n`, line.length - 1]);
  });
});

test('a schema of these finds what is wrong', () => {
  const { body } = pagerDutyRequest(pagerduty, event, credentials);
  const wrong = JSON.parse(body);
  wrong.payload.severity = 'fatal';
  wrong.payload.summary = 'x'.repeat(1025);
  wrong.payload.timestamp = 'yesterday';
  const found = errorsOf(schemas.pagerDutyEvent, JSON.stringify(wrong)).map((one) => one.instancePath);
  expect(found.sort()).toEqual(['/payload/severity', '/payload/summary', '/payload/timestamp']);
});

test('PagerDuty: what stands where', () => {
  const { method, url, headers, body } = pagerDutyRequest(pagerduty, event, credentials);
  expect([method, url, headers]).toEqual(['POST', pagerduty.url, { 'content-type': 'application/json' }]);
  expect(JSON.parse(body)).toEqual({
    routing_key: 'R0123456789abcdef0123456789abcde',
    event_action: 'trigger',
    dedup_key: 'violation:payer:policies/limits.cedar#cap',
    payload: {
      summary: 'payer broke policies/limits.cedar#cap 3 times',
      source: 'payer',
      severity: 'critical',
      timestamp: '2026-05-01T11:00:00Z',
      component: 'policies/limits.cedar#cap',
      class: 'violation',
      custom_details: {
        key: 'violation:payer:policies/limits.cedar#cap',
        agent: 'payer',
        policy: 'policies/limits.cedar#cap',
        first_call: 'pay-1#3',
        first: '2026-05-01T10:00:00Z',
        last: '2026-05-01T11:00:00Z',
        count: 3,
      },
    },
    client: 'Benchbook',
  });
});

test('ServiceNow: the open record is looked up by a correlation id that needs no escape in a query', () => {
  const url = new URL(findRecord(servicenow, event, credentials).url);
  const { correlation_id } = JSON.parse(createRecord(servicenow, event, credentials).body);
  expect(url.pathname).toBe('/api/now/table/incident');
  expect(url.searchParams.get('sysparm_query')).toBe(`active=true^correlation_id=${correlation_id}`);
});

test('ServiceNow: basic authentication in UTF-8 with a user, else a bearer token', () => {
  const basic = createRecord(servicenow, event, credentials).headers.authorization;
  expect(basic).toBe(`Basic ${Buffer.from('bönch:hunter2').toString('base64')}`);
  const bearer = createRecord({ ...servicenow, user: null, secret: 'SN_TOKEN' }, event, credentials);
  expect(bearer.headers.authorization).toBe('Bearer t0k3n');
});

test('webhook: the signature is over the time and the very body', async () => {
  const { headers, body } = await webhookRequest(webhook, event, credentials, '1777629600');
  const signature = createHmac('sha256', 's3cret').update(`1777629600.${body}`).digest('hex');
  expect(headers['benchbook-signature']).toBe(`t=1777629600,v1=${signature}`);
});
