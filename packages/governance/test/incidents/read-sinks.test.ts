import type { Json } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { readSinks } from '../../src/index.ts';

const pagerduty = { kind: 'pagerduty', secret: 'PAGERDUTY_ROUTING_KEY' };
const hook = { kind: 'webhook', url: 'https://hooks.example.com/in', secret: 'HOOK_SECRET' };
const problemsOf = (...sinks: Json[]) => readSinks(sinks).problems;

test('every kind, with what is left out', () => {
  const read = readSinks([
    { kind: 'file', path: 'out/incidents.jsonl' },
    hook,
    pagerduty,
    { kind: 'servicenow', url: 'https://acme.service-now.com/', secret: 'SN_TOKEN', name: 'desk' },
  ]);
  expect(read).toEqual({
    sinks: [
      { kind: 'file', name: 'file', path: 'out/incidents.jsonl' },
      { kind: 'webhook', name: 'webhook', url: 'https://hooks.example.com/in', secret: 'HOOK_SECRET' },
      {
        kind: 'pagerduty',
        name: 'pagerduty',
        url: 'https://events.pagerduty.com/v2/enqueue',
        secret: 'PAGERDUTY_ROUTING_KEY',
        source: 'benchbook',
      },
      {
        kind: 'servicenow',
        name: 'desk',
        url: 'https://acme.service-now.com',
        secret: 'SN_TOKEN',
        user: null,
      },
    ],
    problems: [],
  });
  expect(readSinks(undefined)).toEqual({ sinks: [], problems: [] });
});

describe('a secret in the manifest is refused and never repeated', () => {
  const secrets = [
    'R0123456789ABCDEF0123456789ABCDE',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF',
    'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    'hunter2',
    'https://x',
  ];
  test.each(secrets)('%s as secret', (secret) => {
    const [problem, ...others] = problemsOf({ ...pagerduty, secret });
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^governance\.sinks\[0\]: secret must be the name of an environment variable .* revoke it$/,
    );
    expect(problem).not.toContain(secret);
  });

  test.each(['routing_key', 'token', 'password', 'apiKey', 'Authorization'])('as %s', (member) => {
    const [problem] = problemsOf({ ...pagerduty, [member]: 'R0123456789abcdef' });
    expect(problem).toMatch(new RegExp(`^governance\\.sinks\\[0\\]: '${member}' looks like a secret`));
    expect(problem).not.toContain('R0123456789abcdef');
  });

  test.each(['https://bob:hunter2@example.com/', 'https://example.com/?token=hunter2'])('in %s', (url) => {
    const [problem] = problemsOf({ ...hook, url });
    expect(problem).toMatch(/^governance\.sinks\[0\]: url (holds a user|has a parameter)/);
    expect(problem).not.toContain('hunter2');
  });
});

test.each([
  ['http://example.com/', 'url must begin with https:// (http:// is for this machine alone)'],
  ['http://127.0.0.1.example.com/', 'url must begin with https:// (http:// is for this machine alone)'],
  ['file:///etc/passwd', 'url must begin with https:// (http:// is for this machine alone)'],
  ['nonsense', 'url is no address'],
  ['', 'url is missing'],
])('address %s', (url, problem) => {
  expect(problemsOf({ ...hook, url })).toEqual([`governance.sinks[0]: ${problem}`]);
});

test.each(['http://127.0.0.1:8080/', 'http://localhost/x', 'http://[::1]:9/'])('loopback %s', (url) => {
  expect(problemsOf({ ...hook, url })).toEqual([]);
});

test.each(['/etc/cron.d/x', '../x', 'a/../../x', 'C:\\x', '.git/hooks', 'a//b', ''])('file %s', (path) => {
  expect(problemsOf({ kind: 'file', path })).toEqual([
    'governance.sinks[0]: path must be a file inside the workspace',
  ]);
});

test('names, kinds and shapes', () => {
  expect(problemsOf(pagerduty, pagerduty)).toEqual([
    "governance.sinks[1]: there is a sink 'pagerduty' already; give each a name of its own",
  ]);
  expect(problemsOf({ ...pagerduty, name: '../x' })).toEqual([
    'governance.sinks[0]: name must be of small letters, digits and hyphens, at most 40',
  ]);
  expect(problemsOf({ kind: 'carrier-pigeon' }, 'pagerduty')).toEqual([
    'governance.sinks[0]: kind must be one of file, webhook, pagerduty, servicenow',
    'governance.sinks[1] must be an object with a kind',
  ]);
  expect(readSinks({}).problems).toEqual(['governance.sinks must be a list']);
  expect(problemsOf(JSON.parse('{"kind":"file","path":"a","__proto__":{"x":1}}'))).toEqual([
    "governance.sinks[0]: unknown member '__proto__'; a file sink has kind, name, path",
  ]);
});
