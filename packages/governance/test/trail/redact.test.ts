import { createHmac } from 'node:crypto';
import { canonicalJson, digest, type JsonObject, type RedactRule } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundEntry } from '../../src/trail/bound-entry.ts';
import { decisionEntry } from '../../src/trail/entry.ts';
import { hmac } from '../../src/trail/hmac.ts';
import { redactEntry } from '../../src/trail/redact.ts';
import { entry } from './fixtures.ts';

const key = new TextEncoder().encode('a key of the environment');
const call: JsonObject = {
  user: { id: 'alice@example.com', roles: ['clerk'] },
  args: { iban: 'DE02120300000000202051', amount: 40, payees: [{ name: 'Bo' }, { name: 'Cy' }] },
};
const redact = (rules: RedactRule[], keep: string[]) =>
  redactEntry(entry(0, { actor: { agent: 'bot', user: 'alice@example.com' } }), call, { rules, keep, key });

test('HMAC-SHA256 is that of Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme' }), (secret, text) => {
      expect(hmac(secret, text)).toBe(createHmac('sha256', secret).update(text).digest('hex'));
    }),
  );
});

describe('what is written of a call', () => {
  test('by default nothing; the user as a keyed digest', () => {
    const written = redact([], []);
    expect(written.facts).toBeUndefined();
    expect(written.actor).toEqual({ agent: 'bot', user: `hmac-sha256:${hmac(key, 'alice@example.com')}` });
    expect(JSON.stringify(written)).not.toMatch(/alice|DE02|Bo\b/);
  });

  test('what was asked for, and nothing beside it', () => {
    expect(redact([], ['/args/amount', '/user/id'])).toMatchObject({
      actor: { user: 'alice@example.com' },
      facts: { args: { amount: 40 }, user: { id: 'alice@example.com' } },
    });
    expect(redact([], ['/args/amount', '/user/id']).facts).not.toHaveProperty('user.roles');
  });

  test('after the rules', () => {
    const rules: RedactRule[] = [
      { pointer: '/args/iban', how: 'mask' },
      { pointer: '/args/amount', how: 'hash' },
      { pointer: '/args/payees/*/name', how: 'drop' },
      { pointer: '/user', how: 'drop' },
    ];
    const written = redact(rules, ['/args', '/user']);
    expect(written.facts).toEqual({
      args: { iban: '***2051', amount: `hmac-sha256:${hmac(key, '40')}`, payees: [{}, {}] },
    });
    expect(written.actor.user).toBeNull();
  });

  test('a short text is masked whole', () => {
    expect(redact([{ pointer: '/user/id', how: 'mask' }], []).actor.user).toBe('***.com');
    expect(redact([{ pointer: '/agent/id', how: 'mask' }], []).actor.agent).toBe('***');
  });

  test('a session that is hashed is hashed in the id of the call, too', () => {
    const written = redact([{ pointer: '/session', how: 'hash' }], []);
    expect(written.action.session).toBe(`hmac-sha256:${hmac(key, 's1')}`);
    expect(written.action.call).toBe(`${written.action.session}#0`);
  });

  test('a member `__proto__` stays a plain one', () => {
    const hostile = JSON.parse('{"args":{"__proto__":{"polluted":true},"a":1}}') as JsonObject;
    const written = redactEntry(entry(0), hostile, {
      rules: [{ pointer: '/args/a', how: 'drop' }],
      keep: ['/args'],
      key,
    });
    expect(canonicalJson(written.facts)).toBe('{"args":{"__proto__":{"polluted":true}}}');
    expect({}).not.toHaveProperty('polluted');
  });

  test('nothing that a rule drops is ever written', () => {
    const secret = fc.stringMatching(/^SECRET[a-z]{8}$/);
    fc.assert(
      fc.property(secret, fc.jsonValue(), (text, other) => {
        const args = JSON.parse(JSON.stringify({ other, deep: [{ name: text }], name: text })) as JsonObject;
        const rules: RedactRule[] = [
          { pointer: '/args/deep', how: 'hash' },
          { pointer: '/args/name', how: 'drop' },
        ];
        const written = redactEntry(entry(0), { args }, { rules, keep: ['/args'], key });
        expect(JSON.stringify(written)).not.toContain(text);
      }),
    );
  });
});

test('texts of any size come to records of bounded size', () => {
  const huge = 'x'.repeat(100_000);
  const bounded = boundEntry(
    entry(0, {
      action: { tool: huge, server: huge, call: huge, session: `\ud800${huge}` },
      determining: Array<string>(5000).fill(huge),
      note: huge,
      facts: { args: huge },
    }),
  );
  expect(canonicalJson(bounded as unknown as JsonObject).length).toBeLessThan(300_000);
  expect(bounded.action.tool).toBe(`${'x'.repeat(1000)}... sha256:${digest(huge)}`);
  expect(bounded.determining.at(-1)).toBe('... and 4800 more');
  expect(bounded.facts).toEqual({ sha256: digest(canonicalJson({ args: huge })) });
});

test('a decision holds of its facts the digest alone', () => {
  const made = decisionEntry(
    {
      call: 's1#3',
      session: 's1',
      tool: 'pay',
      agent: 'bot',
      ts: '2026-05-01T10:00:00Z',
      decision: 'deny',
      basis: 'determined',
      determining: ['p#1'],
      action: 'blocked',
      by: 'policy',
      unvalidated: false,
      latencyMs: 1,
    },
    { user: 'alice', server: null, facts: { b: 1, a: { c: 2 } }, certificate: null },
  );
  expect(made).toEqual({
    ts: '2026-05-01T10:00:00Z',
    kind: 'decision',
    actor: { agent: 'bot', user: 'alice' },
    action: { tool: 'pay', server: null, call: 's1#3', session: 's1' },
    outcome: 'deny',
    enforced: 'blocked',
    by: 'policy',
    determining: ['p#1'],
    context: digest('{"a":{"c":2},"b":1}'),
    certificate: null,
  });
});
