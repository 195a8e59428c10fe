/** `benchbook audit` through the built program. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyRingEntry, privateKeyPem, signingKeyOf } from '@benchbook/governance';
import type { AuditEntry } from '@benchbook/model';
import { runCli } from '@benchbook/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTrail } from '../../packages/cli/src/audit/open-trail.ts';

const folder = mkdtempSync(join(tmpdir(), 'benchbook-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const audit = async (...args: string[]) => {
  const { stdout, stderr, code } = await runCli(['audit', ...args], { cwd: folder });
  return { code, stdout, stderr };
};

const entry: AuditEntry = {
  ts: '2026-05-01T10:00:00Z',
  kind: 'decision',
  actor: { agent: 'treasury-bot', user: null },
  action: { tool: '=pay', server: 'bank', call: 's1#0', session: 's1' },
  outcome: 'deny',
  enforced: 'blocked',
  by: 'policy',
  determining: ['policies/pay.cedar#limit'],
  context: 'c'.repeat(64),
  certificate: null,
};

beforeAll(async () => {
  const seed = new Uint8Array(32).fill(5);
  const made = await signingKeyOf(seed);
  if ('error' in made) throw new Error(made.error);
  writeFileSync(join(folder, 'keys.yaml'), keyRingEntry('auditor', 'Ada', made.key.publicKey));
  const trail = await openTrail(join(folder, 'trail.jsonl'), {
    retentionMonths: 3,
    redact: [],
    now: () => '2026-06-01T12:00:00Z',
    env: { BENCHBOOK_AUDIT_KEY: privateKeyPem(seed), BENCHBOOK_AUDIT_KEY_ID: 'auditor' },
  });
  await trail.write([{ entry }, { entry: { ...entry, ts: '2026-05-02T10:00:00Z' } }]);
  await trail.close();
  const unsigned = await openTrail(join(folder, 'unsigned.jsonl'), {
    retentionMonths: null,
    redact: [],
    now: () => '2026-06-01T12:00:00Z',
    env: {},
  });
  await unsigned.write([{ entry }]);
  await unsigned.close();
});

const verified = (rest: string[], last: string) =>
  `${['trail.jsonl', '  records    4', '  signed     up to record 4', '  decisions  2026-05-01T10:00:00Z to 2026-05-02T10:00:00Z', ...rest, '', last].join('\n')}\n`;

test('verify: signed to the end, and kept long enough only where less is asked for', async () => {
  const law = '  asked for  6 months at least (EU AI Act, Art. 19(1) and 26(6))';
  expect(await audit('verify', 'trail.jsonl', '--keys', 'keys.yaml')).toEqual({
    code: 1,
    stdout: verified(['  retention  3 months, too short', law], 'intact: 4 records, signed to the end'),
    stderr: '',
  });
  expect(await audit('verify', 'trail.jsonl', '--keys', 'keys.yaml', '--min-months', '3')).toEqual({
    code: 0,
    stdout: verified(
      ['  retention  3 months, enough', '  asked for  3 months at least'],
      'intact: 4 records, signed to the end',
    ),
    stderr: '',
  });
});

test('verify: a changed byte, as JSON', async () => {
  const text = readFileSync(join(folder, 'trail.jsonl'), 'utf8');
  writeFileSync(join(folder, 'forged.jsonl'), text.replace('"outcome":"deny"', '"outcome":"allow"'));
  const args = ['--heads', 'trail.jsonl.heads.jsonl', '--keys', 'keys.yaml', '--format', 'json'];
  const { code, stdout, stderr } = await audit('verify', 'forged.jsonl', ...args);
  expect([code, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toEqual({
    schema: 'benchbook.audit/v1',
    file: 'forged.jsonl',
    records: 4,
    state: 'broken',
    signedRecords: 0,
    problems: [
      { record: 2, kind: 'changed', message: 'record 2 was changed: its hash is not that of its content' },
    ],
    problemsLeftOut: 0,
    firstTs: '2026-05-01T10:00:00Z',
    lastTs: '2026-05-02T10:00:00Z',
    retention: { months: 3, required: 6, enough: false },
  });
});

test('verify: what nobody signed is unanchored', async () => {
  const stdout = [
    'unsigned.jsonl',
    '  records    2',
    '  signed     none',
    '  decisions  2026-05-01T10:00:00Z to 2026-05-01T10:00:00Z',
    '  retention  not stated',
    '  asked for  6 months at least (EU AI Act, Art. 19(1) and 26(6))',
    '',
    'unanchored: 2 records, of which 2 after the last signed head',
    '',
  ].join('\n');
  expect(await audit('verify', 'unsigned.jsonl')).toEqual({ code: 1, stdout, stderr: '' });
  expect(await audit('verify', 'unsigned.jsonl', '--allow-unanchored')).toEqual({
    code: 0,
    stdout,
    stderr: '',
  });
});

test('export: CSV, and a broken chain is told', async () => {
  const good = await audit('export', 'unsigned.jsonl');
  expect([good.code, good.stderr]).toEqual([0, '']);
  expect(good.stdout.split('\r\n')[2]).toMatch(
    /^2,2026-05-01T10:00:00Z,decision,treasury-bot,,'=pay,bank,s1#0,s1,deny,blocked,policy,policies\/pay\.cedar#limit,c{64},,,,[0-9a-f]{64}$/,
  );
  const lines = readFileSync(join(folder, 'trail.jsonl'), 'utf8').split('\n');
  writeFileSync(join(folder, 'short.jsonl'), lines.toSpliced(1, 1).join('\n'));
  const short = await audit('export', 'short.jsonl', '--format', 'ocsf', '--out', 'events.jsonl');
  expect(short).toEqual({ code: 1, stdout: '', stderr: 'benchbook: short.jsonl: record 2 is missing\n' });
  const events = readFileSync(join(folder, 'events.jsonl'), 'utf8').trim().split('\n');
  expect(events.map((line) => JSON.parse(line).metadata.sequence)).toEqual([3]);
  const json = await audit('export', 'trail.jsonl', '--format', 'json');
  expect(JSON.parse(json.stdout).records.map((one: { seq: number }) => one.seq)).toEqual([1, 2, 3, 4]);
});

test('what cannot run says why', async () => {
  writeFileSync(join(folder, 'bad.yaml'), '- { id: a }');
  const cases: [string[], string][] = [
    [['verify', 'none.jsonl'], 'no such file: none.jsonl'],
    [['verify', '.'], '. is no file; name the trail'],
    [['verify', 'trail.jsonl', '--heads', 'none'], 'no such file: none'],
    [['verify', 'trail.jsonl', '--keys', 'bad.yaml'], 'the keys bad.yaml: key 1: `a` has no `holder`'],
    [['verify', 'trail.jsonl', '--min-months', 'x'], "--min-months takes a whole number of months, not 'x'"],
    [['verify', 'trail.jsonl', '--format', 'xml'], "unknown format 'xml'; known formats: text, json"],
    [['export', 'trail.jsonl', '--format', 'xml'], "unknown format 'xml'; known formats: csv, json, ocsf"],
  ];
  for (const [args, message] of cases)
    expect(await audit(...args)).toEqual({ code: 2, stdout: '', stderr: `benchbook: ${message}\n` });
});
