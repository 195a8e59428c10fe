import { readFileSync } from 'node:fs';
import { auditExports } from '@benchbook/reports';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { records } from './records.ts';

function exported(format: string, of = records): string {
  const to = auditExports[format]!();
  return to.begin() + of.map((record) => to.record(record)).join('') + to.end();
}

const schema = JSON.parse(
  readFileSync(new URL('../schemas/ocsf-api-activity-1.8.0.json', import.meta.url), 'utf8'),
);

describe('OCSF', () => {
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  const events = exported('ocsf')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

  test('every event is valid by the published schema of API Activity', () => {
    const errors = events.flatMap((event, index) => {
      validate(event);
      return (validate.errors ?? []).map((one) => `${index} ${one.instancePath} ${one.message}`);
    });
    expect(errors).toEqual([]);
    expect(events).toHaveLength(6);
  });

  test('the schema would tell what is wrong', () => {
    const { api: _, ...noApi } = events[0];
    expect(validate(noApi)).toBe(false);
    expect(validate({ ...events[0], severity_id: 7 })).toBe(false);
    expect(validate({ ...events[0], invented: 1 })).toBe(false);
    expect(validate({ ...events[0], actor: {} })).toBe(false);
  });

  test('a denied call', () => {
    expect(events[0]).toEqual({
      category_uid: 6,
      category_name: 'Application Activity',
      class_uid: 6003,
      class_name: 'API Activity',
      activity_id: 99,
      activity_name: 'Tool call',
      type_uid: 600399,
      type_name: 'API Activity: Other',
      time: 1777629600000,
      severity_id: 2,
      severity: 'Low',
      status_id: 2,
      status: 'Failure',
      status_detail: 'deny, by policy',
      action_id: 2,
      action: 'Denied',
      disposition_id: 2,
      disposition: 'Blocked',
      message: 'Tool call: pay blocked by policy',
      metadata: {
        version: '1.8.0',
        profiles: ['security_control'],
        product: { name: 'Benchbook', vendor_name: 'Benchbook', feature: { name: 'audit trail' } },
        log_name: 'audit trail',
        uid: '2'.repeat(64),
        sequence: 2,
        original_time: '2026-05-01T10:00:00Z',
      },
      actor: {
        app_name: 'treasury-bot',
        app_uid: 'treasury-bot',
        user: { uid: 'hmac-sha256:ab' },
        session: { uid: 's1' },
      },
      api: { operation: 'pay', request: { uid: 's1#1' }, service: { name: 'bank' } },
      src_endpoint: { name: 'treasury-bot' },
      authorizations: [
        { decision: 'deny', policy: { uid: 'policies/pay.cedar#limit' } },
        { decision: 'deny', policy: { uid: 'policies/pay.cedar#hours' } },
      ],
      unmapped: {
        benchbook: {
          kind: 'decision',
          outcome: 'deny',
          by: 'policy',
          context: 'c'.repeat(64),
          certificate: null,
          prev: '1'.repeat(64),
        },
      },
    });
  });

  test('what got through undecided weighs most', () => {
    const told = events.map(
      (one) => `${one.activity_name}, ${one.severity}, ${one.action}, ${one.disposition}`,
    );
    expect(told).toEqual([
      'Tool call, Low, Denied, Blocked',
      'Tool call, High, Allowed, Allowed',
      'Tool call, Medium, Denied, Blocked',
      'Review, Informational, Allowed, Approved',
      'Review, Low, Denied, Rejected',
      'Breaker reset, Informational, Allowed, Reset',
    ]);
  });
});

test('CSV: a row for each record, and no formula in any', () => {
  expect(exported('csv')).toBe(
    [
      'seq,ts,kind,agent,user,tool,server,call,session,outcome,enforced,by,determining,context,certificate,note,facts,hash',
      `1,2026-05-01T09:59:00Z,opened,,,,,,,,,,,,,"{""hashKey"":""0011223344556677"",""keep"":[""/args""],""redact"":[{""how"":""mask"",""pointer"":""/args/iban""}],""retentionMonths"":12,""schema"":""benchbook.trail/v1"",""trail"":""trail-0001""}",,${'1'.repeat(64)}`,
      `2,2026-05-01T10:00:00Z,decision,treasury-bot,hmac-sha256:ab,pay,bank,s1#1,s1,deny,blocked,policy,policies/pay.cedar#limit; policies/pay.cedar#hours,${'c'.repeat(64)},,,,${'2'.repeat(64)}`,
      `3,yesterday,decision,,,"'=HYPERLINK(""http://x"",""y"")",,'+1,"'@s,""\\r\\n::error::",,permitted,fail-mode,,${'c'.repeat(64)},,'-2+3,"{""args"":{""amount"":40,""iban"":""***2051""}}",${'3'.repeat(64)}`,
      `4,2026-05-01T10:00:00Z,decision,treasury-bot,hmac-sha256:ab,pay,bank,s1#1,s1,deny,blocked,breaker,policies/pay.cedar#limit; policies/pay.cedar#hours,${'c'.repeat(64)},,,,${'4'.repeat(64)}`,
      `5,2026-05-01T10:00:00Z,review,treasury-bot,hmac-sha256:ab,pay,bank,s1#1,s1,escalate,permitted,review,policies/pay.cedar#limit; policies/pay.cedar#hours,${'c'.repeat(64)},,,,${'5'.repeat(64)}`,
      `6,2026-05-01T10:00:00Z,review,treasury-bot,hmac-sha256:ab,pay,bank,s1#1,s1,escalate,blocked,review,,${'c'.repeat(64)},,,,${'6'.repeat(64)}`,
      `7,2026-05-01T10:00:00Z,reset,treasury-bot,hmac-sha256:ab,pay,bank,s1#1,s1,,permitted,breaker,policies/pay.cedar#limit; policies/pay.cedar#hours,${'c'.repeat(64)},,reset by Ada,,${'7'.repeat(64)}`,
      `8,2026-05-01T10:01:00Z,signed-head,,,,,,,,,,,,,"{""key"":""auditor""}",,${'8'.repeat(64)}`,
      '',
    ].join('\r\n'),
  );
});

test('JSON: one document with every record as it is', () => {
  expect(JSON.parse(exported('json'))).toEqual({ schema: 'benchbook.audit-export/v1', records });
  expect(JSON.parse(exported('json', []))).toEqual({ schema: 'benchbook.audit-export/v1', records: [] });
});
