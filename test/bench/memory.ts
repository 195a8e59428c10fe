import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Peak resident memory of `benchbook replay --no-coverage`, and its wall time. */
export interface MemoryFigure {
  readonly calls: number;
  readonly megabytes: number;
  readonly seconds: number;
}

/** Replays a generated recording of `calls` calls through the policies of `workspace` in a process of its own. */
export async function measureMemory(workspace: string, calls: number): Promise<MemoryFigure> {
  const folder = join(tmpdir(), `benchbook-bench-${process.pid}-${calls}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'traces'), { recursive: true });
  try {
    cpSync(join(workspace, 'policies'), join(folder, 'policies'), { recursive: true });
    await writeRecording(join(folder, 'traces/generated.jsonl'), calls);
    const start = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '--import',
        pathToFileURL('test/bench/peak.mjs').href,
        'packages/cli/bin/benchbook.js',
        'replay',
        folder,
        '--no-coverage',
        '--format',
        'json',
        '--out',
        join(folder, 'report.json'),
      ],
      { encoding: 'utf8' },
    );
    const peak = /peak (\d+)/.exec(stderr)?.[1];
    if (status !== 0 || !peak) throw new Error(`replay of ${calls} calls failed: ${stderr}`);
    return { calls, megabytes: Number(peak) / 1024, seconds: (performance.now() - start) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls of 5 to a session, all with arguments of their own, so that nothing can be remembered. */
async function writeRecording(path: string, calls: number): Promise<void> {
  const stream = createWriteStream(path);
  for (let i = 0; i < calls; i++) {
    const session = `s${Math.floor(i / 5)}`;
    const call = {
      v: 1,
      kind: 'tool',
      id: `${session}#${i % 5}`,
      session,
      seq: i % 5,
      ts: '2026-05-01T10:00:00Z',
      agent: { id: 'bank-bot' },
      user: { id: `user-${i % 1000}` },
      tool: { name: i % 3 ? 'send_money' : 'get_balance', server: 'bank' },
      args: { recipient: `GB29NWBK6016133192${i}`, amount: i, body: `invoice number ${i}` },
      result: { status: 'ok' },
    };
    if (!stream.write(`${JSON.stringify(call)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
