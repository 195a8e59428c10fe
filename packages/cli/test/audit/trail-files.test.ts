/** Real files and real processes: ended at any moment, two at once, and what is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type KeyRing, privateKeyPem, signingKeyOf, verifyTrail } from '@benchbook/governance';
import { nodeByteSource } from '@benchbook/host/node';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'benchbook-trail-'));
const program = join(folder, 'writer.mjs');
const seed = new Uint8Array(32).fill(9);
const env = { ...process.env, BENCHBOOK_AUDIT_KEY: privateKeyPem(seed), BENCHBOOK_AUDIT_KEY_ID: 'auditor' };
let ring: KeyRing;

beforeAll(async () => {
  const made = await signingKeyOf(seed);
  if ('error' in made) throw new Error(made.error);
  const { publicKey } = made.key;
  ring = { keys: [{ id: 'auditor', holder: 'Ada', publicKey, roles: null, revokedAt: null }], problems: [] };
  await build({
    entryPoints: [fileURLToPath(new URL('writer.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@benchbook/source'],
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(path: string, from: number, count: number, more: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [program, path, String(from), String(count)], {
    cwd: folder,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs to the end, or until it was killed so long after it had opened the trail. */
function run(
  child: ChildProcess,
  killAfterMs?: number,
): Promise<{ out: string; err: string; code: number | null }> {
  return new Promise((resolve) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (out === '' && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      out += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('close', (code) => resolve({ out, err, code }));
  });
}

const verify = (path: string) =>
  verifyTrail({
    file: path,
    trail: nodeByteSource('/', path).open(),
    heads: existsSync(`${path}.heads.jsonl`) ? nodeByteSource('/', `${path}.heads.jsonl`).open() : null,
    keys: ring,
    requiredMonths: 6,
  });

test('killed at random moments, the trail keeps all that was told to be written, and goes on', async () => {
  const path = join(folder, 'killed.jsonl');
  let told = 0;
  let killed = 0;
  for (let round = 0; round < 12; round++) {
    const { out, err, code } = await run(start(path, told, 100_000), 3 + ((round * 37) % 90));
    expect([err, code]).toEqual(['', null]);
    killed++;
    const numbers = out.split('\n').slice(1, -1).map(Number);
    told = Math.max(told, ...numbers.map((number) => number + 1));
    const report = await verify(path);
    expect([round, report.state === 'broken' ? report.problems : []]).toEqual([round, []]);
    const decisions = readFileSync(path, 'utf8').match(/"kind":"decision"/g)?.length ?? 0;
    // What was written and not yet told may be there, too.
    expect(decisions).toBeGreaterThanOrEqual(told);
    told = decisions;
  }
  const last = await run(start(path, told, 3));
  expect([last.code, last.err]).toEqual([0, '']);
  const report = await verify(path);
  expect([killed, report.state, report.problems]).toEqual([12, 'intact', []]);
  expect(readFileSync(path, 'utf8').match(/"kind":"continued"/g)).toHaveLength(12);
  expect(told).toBeGreaterThan(12);
}, 120_000);

test('of two writers the second is refused, and told why', async () => {
  const path = join(folder, 'shared.jsonl');
  const first = start(path, 0, 1, { HOLD: '1' });
  const ended = run(first);
  await new Promise((resolve) => first.stdout?.once('data', resolve));
  const second = await run(start(path, 0, 1));
  expect([second.code, second.out, second.err]).toEqual([
    2,
    '',
    expect.stringMatching(
      /^cannot write \S+shared\.jsonl: process \d+ on \S+ is writing to it; if that is long over, delete \S+shared\.jsonl\.lock\n$/,
    ),
  ]);
  expect(second.err).toContain(`process ${first.pid} `);
  first.kill('SIGKILL');
  await ended;
  // The lock of a process that is no more is taken over.
  expect((await run(start(path, 1, 1))).code).toBe(0);
  expect(existsSync(`${path}.lock`)).toBe(false);
}, 60_000);

test('what an ended process left of a line is set aside, and the trail says so', async () => {
  const path = join(folder, 'torn.jsonl');
  await run(start(path, 0, 3));
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.concat([whole, Buffer.from('{"entry":{"act')]));
  const torn = await verify(path);
  expect([torn.state, torn.records, torn.problems.map(({ record, kind }) => `${record} ${kind}`)]).toEqual([
    'unanchored',
    5,
    ['6 torn'],
  ]);
  expect((await run(start(path, 3, 1))).code).toBe(0);
  expect(readFileSync(`${path}.torn`, 'utf8')).toBe('{"entry":{"act');
  expect(statSync(`${path}.torn`).mode & 0o077).toBe(0);
  const mended = readFileSync(path, 'utf8');
  expect(mended.startsWith(whole.toString())).toBe(true);
  expect(mended.split('\n')[5]).toContain('"torn":{"bytes":14,"sha256":"');
  expect((await verify(path)).state).toBe('intact');
}, 60_000);

test('keys stay where they belong', async () => {
  const path = join(folder, 'keys.jsonl');
  await run(start(path, 0, 2));
  expect(statSync(`${path}.salt`).mode & 0o077).toBe(0);
  const salt = readFileSync(`${path}.salt`, 'utf8').trim();
  const written = readFileSync(path, 'utf8') + readFileSync(`${path}.heads.jsonl`, 'utf8');
  expect(written).not.toContain(salt);
  expect(written).not.toContain('alice');
  const noId = await run(start(path, 2, 1, { BENCHBOOK_AUDIT_KEY_ID: '' }));
  expect([noId.code, noId.err]).toEqual([
    2,
    'BENCHBOOK_AUDIT_KEY is set, but BENCHBOOK_AUDIT_KEY_ID is not: the id of the key in the key ring\n',
  ]);
  const bad = await run(start(path, 2, 1, { BENCHBOOK_AUDIT_KEY: 'not-a-key-but-secret' }));
  expect([bad.code, bad.err.includes('secret')]).toEqual([2, false]);
}, 60_000);
