/** The packaged server as the extension starts it: its own process, standard input and output, far from this checkout. */
import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  METHODS,
  type RecordingsResult,
  type ReportResult,
  type StatusParams,
  type TestsResult,
} from '@benchbook/protocol';
import { repositoryRoot, startLspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { type Packed, pack } from './packed.ts';

let packed: Packed;
let workspaces: string;
beforeAll(() => {
  packed = pack();
  workspaces = mkdtempSync(join(tmpdir(), 'benchbook-smoke-'));
}, 120_000);
afterAll(() => {
  packed?.remove();
  rmSync(workspaces, { recursive: true, force: true });
});

/** Starts it on a copy of a sample. */
async function serve(sample: string) {
  const folder = join(workspaces, sample);
  cpSync(join(repositoryRoot, 'samples', sample), folder, { recursive: true });
  const { NODE_OPTIONS: _, ...env } = process.env;
  const main = join(packed.stage, 'dist/server/node-main.js');
  const child = fork(main, ['--stdio'], { silent: true, execArgv: [], env, cwd: tmpdir() });
  const stderr: Buffer[] = [];
  child.stderr!.on('data', (chunk: Buffer) => stderr.push(chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const uri = pathToFileURL(folder).href;
  const transport = {
    reader: new StreamMessageReader(child.stdout!),
    writer: new StreamMessageWriter(child.stdin!),
  };
  const client = await startLspClient(transport, {
    folders: [uri],
    initializationOptions: { trusted: true },
  });
  return { client, folder: uri, ended, stderr: () => Buffer.concat(stderr).toString('utf8') };
}

type Received = { readonly method: string; readonly params: unknown };
const isComplete = ({ method, params }: Received) => {
  if (method !== METHODS.status) return false;
  const { decided, total } = params as StatusParams;
  return total > 0 && decided === total;
};

describe('the packaged server', () => {
  test('decides the recordings of a workspace in Cedar and CEL', async () => {
    const { client, folder, ended, stderr } = await serve('support-desk');
    await client.until(() => client.received.some(isComplete), 'the whole preview', 30_000);
    const status = client.received.filter(isComplete).at(-1)!.params as StatusParams;
    expect([status.total, status.outcomes]).toEqual([
      168,
      { allow: 156, deny: 8, escalate: 4, indeterminate: 0 },
    ]);
    const recordings = await client.request<RecordingsResult>(METHODS.recordings, { folder, filter: {} });
    expect(recordings.map(({ file, calls }) => [file, calls])).toEqual([
      ['traces/tickets-2026-05.jsonl', 127],
      ['traces/web-chat.jsonl', 41],
    ]);
    const tests = await client.request<TestsResult>(METHODS.tests, { folder });
    expect('report' in tests && tests.report.summary).toEqual({
      tests: 28,
      passed: 28,
      failed: 0,
      errors: 0,
      skipped: 0,
    });
    const report = await client.request<ReportResult>(METHODS.report, { folder, latency: false });
    expect('html' in report && /<h1>([^<]*)/.exec(report.html)?.[1]).toBe('Replay of recorded calls');
    await client.stop();
    expect([await ended, stderr()]).toEqual([0, '']);
  });

  test('decides Rego with the toolchain that it carries', async () => {
    const { client, ended, stderr } = await serve('treasury');
    await client.until(() => client.received.some(isComplete), 'the whole preview', 60_000);
    const status = client.received.filter(isComplete).at(-1)!.params as StatusParams;
    expect(status.total).toBe(218);
    expect(status.outcomes.indeterminate).toBe(0);
    await client.stop();
    expect([await ended, stderr()]).toEqual([0, '']);
  });
});
