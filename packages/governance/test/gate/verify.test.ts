import { memoryTree } from '@benchbook/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeEnvelope } from '../../src/dsse/envelope.ts';
import { signEnvelope } from '../../src/dsse/sign.ts';
import { PAYLOAD_TYPE, writeStatement } from '../../src/dsse/statement.ts';
import { CERTIFICATE_TYPE } from '../../src/gate/certificate.ts';
import { agentSubjects, type GateInput, gateStatus, runGate, verifyCertificate } from '../../src/index.ts';
import {
  card,
  type Files,
  files,
  inputOf,
  keyOf,
  keysYaml,
  NOW,
  POLICY,
  signedFiles,
  TRACE,
} from './fixture.ts';

const MORE = { 'policies/more.cel.yaml': POLICY.replaceAll('pay', 'more') };
const CERTIFICATE = 'governance/certificates/payer.json';
const DAY = 86_400_000;

let good: Files;
let certificate: string;

async function certify(contents: Files, changes: Partial<GateInput> = {}): Promise<string> {
  const { report, envelope } = await runGate(await inputOf(contents, changes));
  if (!envelope) throw new Error(JSON.stringify(report.checks, null, 1));
  return writeEnvelope(envelope);
}

beforeAll(async () => {
  good = await files({}, MORE);
  certificate = await certify(good);
});

async function verify(
  contents: Files,
  text = certificate,
  changes: { now?: number; agent?: string; version?: string } = {},
) {
  const { ring, ...input } = await inputOf(contents);
  const agent = { ...input.agent, id: changes.agent ?? input.agent.id };
  const dependencies = { ...input.dependencies, benchbook: changes.version ?? '0.1.0' };
  const subjects = await agentSubjects({ ...input, dependencies });
  const report = await verifyCertificate(text, { agent, subjects, ring, now: changes.now ?? NOW });
  expect(report.state).toBe(report.reasons.length === 0 ? 'valid' : 'invalid');
  return report.reasons;
}

test('a certificate holds as long as nothing changes', async () => {
  expect(await verify(good)).toEqual([]);
  expect(await certify(good)).toBe(certificate);
});

describe('what changed is named', () => {
  test.each([
    ['agents/payer.yaml', (text: string) => `${text} `],
    ['benchbook.yaml', (text: string) => `${text}# changed\n`],
    ['policies/pay.cel.yaml', (text: string) => text.replace('1000', '1001')],
    ['policies/more.cel.yaml', (text: string) => `${text}\n`],
    ['tools/bank.json', (text: string) => `${text}\n`],
  ])('%s', async (file, change) => {
    expect(await verify({ ...good, [file]: change(good[file] as string) })).toEqual([`${file} changed`]);
  });

  test('two policies that change places', async () => {
    const swapped = {
      ...good,
      'policies/pay.cel.yaml': good['policies/more.cel.yaml']!,
      'policies/more.cel.yaml': good['policies/pay.cel.yaml']!,
    };
    expect(await verify(swapped)).toEqual([
      'policies/more.cel.yaml changed',
      'policies/pay.cel.yaml changed',
    ]);
  });

  test('a policy or a tools file that is added or gone', async () => {
    const { 'policies/more.cel.yaml': _, ...less } = good;
    expect(await verify(less)).toEqual(['policies/more.cel.yaml is gone']);
    expect(await verify({ ...good, 'policies/x.cel.yaml': POLICY.replaceAll('pay', 'x') })).toEqual([
      'policies/x.cel.yaml was added',
    ]);
    expect(await verify({ ...good, 'tools/b.json': '{"tools":[]}' })).toEqual(['tools/b.json was added']);
  });

  test('an expectation, but not the order of the lines, nor a call without one', async () => {
    const lines = TRACE.trimEnd().split('\n');
    const trace = (all: string[]) => ({ ...good, 'traces/a.jsonl': `${all.join('\n')}\n` });
    expect(await verify(trace(lines.map((line) => line.replace('"deny"', '"escalate"'))))).toEqual([
      'suite:expect changed',
    ]);
    expect(await verify(trace(lines.slice(1)))).toEqual(['suite:expect changed']);
    expect(await verify(trace([...lines, lines[1]!.replace('"seq":1', '"seq":9')]))).toEqual([
      'suite:expect changed',
    ]);
    expect(await verify(trace([...lines].reverse()))).toEqual([]);
    expect(await verify(trace(lines.filter((line) => line.includes('expect'))))).toEqual([]);
    const split = { ...trace([lines[1]!]), 'traces/b.jsonl': lines[0]! };
    expect(await verify(split)).toEqual([]);
  });

  test('another version of what decides', async () => {
    expect(await verify(good, certificate, { version: '0.2.0' })).toEqual(['dependencies:engines changed']);
  });
});

describe('times, keys, and whose it is', () => {
  test('it expires, and holds not before it was issued', async () => {
    expect(await verify(good, certificate, { now: NOW + 365 * DAY - 1 })).toEqual([]);
    expect(await verify(good, certificate, { now: NOW + 365 * DAY })).toEqual([
      'it expired 2027-06-01T12:00:00Z',
    ]);
    expect(await verify(good, certificate, { now: NOW - 1 })).toEqual([
      'it was issued 2026-06-01T12:00:00Z, which is yet to come: look at the clock',
    ]);
  });

  test('an unknown key, or one that another key took the name of', async () => {
    const unknown = { ...good, 'governance/keys.yaml': (await keysYaml()).replace('"gate"', '"other"') };
    expect(await verify(unknown)).toEqual(['the key `gate` is unknown: add it to governance.keys']);
    const stolen = (await keysYaml('Ann'))
      .replace('id: "gate"', 'id: "x"')
      .replace('id: "Ann"', 'id: "gate"');
    expect(await verify({ ...good, 'governance/keys.yaml': stolen })).toEqual([
      'the signature is not that of `gate` over this content: one of them was changed',
    ]);
  });

  test('a revoked key, even where it was revoked after it signed', async () => {
    const revoked = { ...good, 'governance/keys.yaml': `${await keysYaml()}  revoked: 2026-06-02\n` };
    expect(await verify(revoked, certificate, { now: NOW + DAY })).toEqual([
      'the key `gate` is revoked: certify again',
    ]);
    expect(await verify(revoked)).toEqual([]);
  });

  test('a key of an algorithm that is not ours', async () => {
    const spki = Buffer.from(`302a300506032b656e032100${'07'.repeat(32)}`, 'hex').toString('base64');
    const pem = `-----BEGIN PUBLIC KEY-----\\n${spki}\\n-----END PUBLIC KEY-----`;
    const keys = `- { id: gate, holder: gate, publicKey: "${pem}" }\n`;
    const input = await inputOf({ ...good, 'governance/keys.yaml': keys });
    expect(input.ring.problems).toEqual([
      'governance/keys.yaml: key 1: `gate` holds no Ed25519 key: only that algorithm is taken',
    ]);
    expect(await verify({ ...good, 'governance/keys.yaml': keys })).toEqual([
      'the key `gate` is unknown: add it to governance.keys',
    ]);
  });

  test('another agent, and another tier', async () => {
    expect(await verify(good, certificate, { agent: 'payer2' })).toEqual(['it certifies the agent `payer`']);
    const raised = { ...good, 'agents/payer.yaml': card({ tier: 'medium' }) };
    expect(await verify(raised)).toEqual([
      'it certifies tier low, and the agent is of tier medium',
      'agents/payer.yaml changed',
    ]);
  });
});

describe('what is no certificate', () => {
  test('any byte that is flipped is found', async () => {
    const input = await inputOf(good);
    const context = { agent: input.agent, subjects: await agentSubjects(input), ring: input.ring, now: NOW };
    const bytes = new TextEncoder().encode(certificate);
    const missed: string[] = [];
    for (const mask of [0x01, 0x20, 0x80]) {
      for (let at = 0; at < bytes.length; at++) {
        const flipped = Uint8Array.from(bytes);
        flipped[at]! ^= mask;
        const { state } = await verifyCertificate(new TextDecoder().decode(flipped), context);
        if (state === 'valid') missed.push(`${at} ^ ${mask}`);
      }
    }
    expect(missed).toEqual([]);
    expect(bytes.length).toBeGreaterThan(1000);
  });

  test('the spaces of its JSON do not matter, its members do', async () => {
    const envelope = JSON.parse(certificate);
    expect(await verify(good, JSON.stringify(envelope))).toEqual([]);
    const spoilt = ['the certificate is not spelled as it was issued: it was changed'];
    expect(await verify(good, JSON.stringify({ ...envelope, note: 'x' }))).toEqual(spoilt);
    expect(await verify(good, JSON.stringify({ ...envelope, other: [] }))).toEqual(spoilt);
    const [{ sig }] = envelope.signatures;
    expect(await verify(good, JSON.stringify({ ...envelope, signatures: [{ sig }, { sig }] }))).toEqual([
      'the certificate is none: expected one signature over application/vnd.in-toto+json',
    ]);
  });

  test('text that is large, deep or nothing of the kind is answered at once', async () => {
    const deep = `{"payloadType":"t","payload":"","signatures":[{"sig":"AA=="}],"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const input = await inputOf(good);
    const context = { agent: input.agent, subjects: await agentSubjects(input), ring: input.ring, now: NOW };
    const started = performance.now();
    const reason = async (text: string) => (await verifyCertificate(text, context)).reasons;
    expect(await reason('x'.repeat(9 * 1024 * 1024))).toEqual([
      'the certificate is larger than 8 MB: no envelope',
    ]);
    expect(await reason(deep)).toEqual(['the certificate is not spelled as it was issued: it was changed']);
    expect(await reason('')).toEqual(['the certificate is no JSON, so no DSSE envelope']);
    expect(await reason('[]')).toEqual(['the certificate is no DSSE envelope: expected an object']);
    const many = { payloadType: 't', payload: '', signatures: Array(33).fill({ sig: 'AA==' }) };
    expect(await reason(JSON.stringify(many))).toEqual([
      'the certificate holds 33 signatures; at most 32 are looked at',
    ]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('another statement, rightly signed', async () => {
    const signed = async (payloadType: string, predicateType: string, predicate = {}) => {
      const payload = writeStatement({ subjects: [], predicateType, predicate });
      return writeEnvelope(await signEnvelope(payloadType, payload, await keyOf('gate'), 'gate'));
    };
    expect(
      await verify(good, await signed(PAYLOAD_TYPE, 'urn:benchbook:attestation:agent-sign-off:v1')),
    ).toEqual(['what was signed is no certificate but another statement']);
    expect(await verify(good, await signed('text/plain', CERTIFICATE_TYPE))).toEqual([
      'the certificate is none: expected one signature over application/vnd.in-toto+json',
    ]);
    expect(
      await verify(good, await signed(PAYLOAD_TYPE, CERTIFICATE_TYPE, { agent: 'payer', tier: 'none' })),
    ).toEqual(['the certificate does not name agent, tier and times']);
  });
});

describe('status', () => {
  const status = async (contents: Files, now = NOW) => {
    const input = await inputOf(contents);
    return gateStatus({ ...input, tree: memoryTree(contents) }, now);
  };

  test('none, valid, invalid', async () => {
    const expires = '2027-06-01T12:00:00Z';
    expect(await status(good)).toEqual({ state: 'none', reasons: [], expires: null });
    const certified = { ...good, [CERTIFICATE]: certificate };
    expect(await status(certified)).toEqual({ state: 'valid', reasons: [], expires });
    expect(await status({ ...certified, 'tools/bank.json': '[]' })).toEqual({
      state: 'invalid',
      reasons: ['tools/bank.json changed'],
      expires,
    });
    expect(await status({ ...good, [CERTIFICATE]: new Uint8Array([0xff]) })).toEqual({
      state: 'invalid',
      reasons: ['the file is not UTF-8'],
      expires: null,
    });
  });

  test('the folder of certificates is that of the manifest', async () => {
    const manifest = `${good['benchbook.yaml']}  certificates: certs/\n`;
    const moved = { ...good, 'benchbook.yaml': manifest };
    const text = await certify(moved);
    expect((await status({ ...moved, 'certs/payer.json': text })).state).toBe('valid');
    expect((await status({ ...moved, [CERTIFICATE]: text })).state).toBe('none');
  });
});

test('a certificate of tier critical holds with its sign-offs, and falls with a byte of a policy', async () => {
  const contents = await signedFiles('critical', [
    ['Ann', 'CFO'],
    ['Ben', 'Risk'],
  ]);
  const text = await certify(contents);
  expect(await verify(contents, text)).toEqual([]);
  const changed = { ...contents, 'policies/pay.cel.yaml': `${POLICY} ` };
  expect(await verify(changed, text)).toEqual(['policies/pay.cel.yaml changed']);
  const { report } = await runGate(await inputOf(changed));
  expect([
    report.outcome,
    report.checks.filter(({ state }) => state !== 'passed').map(({ id }) => id),
  ]).toEqual(['refused', ['sign-offs', 'sign-off-roles']]);
});
