import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { nodeByteSource } from '@benchbook/host/node';
import { readRecording, redact, writeNative } from '@benchbook/traces';
import { CannotRun, EXIT } from '../errors.ts';
import { type OutputSink, openOutput } from '../output.ts';

export interface ImportFlags {
  readonly redact?: boolean;
  readonly strict?: boolean;
  readonly out?: string;
}

/** Most unreadable places that are told one by one. */
const MAX_TOLD = 20;

/** Any readable recording to native JSON Lines. */
export async function importCommand(files: readonly string[], flags: ImportFlags): Promise<number> {
  for (const file of files) {
    if (!existsSync(file)) throw new CannotRun(`no such file: ${file}`);
    if (statSync(file).isDirectory()) throw new CannotRun(`${file} is a folder; name the recordings in it`);
  }
  const sink = openOutput(flags.out);
  const salt = flags.redact ? randomBytes(16).toString('hex') : undefined;
  let calls = 0;
  let problems = 0;
  for (const file of files) {
    for await (const batch of readRecording(nodeByteSource('.', file))) {
      for (const problem of batch.problems) {
        problems++;
        const at = problem.line === undefined ? '' : `:${problem.line}`;
        if (flags.strict) throw new CannotRun(`${file}${at}: ${problem.message} (--strict)`);
        if (problems <= MAX_TOLD) process.stderr.write(`benchbook: ${file}${at}: ${problem.message}\n`);
      }
      calls += batch.calls.length;
      await writeCalls(
        sink,
        batch.calls.map((call) => writeNative(salt === undefined ? call : redact(call, salt))),
      );
    }
  }
  await sink.close();
  if (problems > MAX_TOLD)
    process.stderr.write(`benchbook: and ${problems - MAX_TOLD} more unreadable places\n`);
  if (calls === 0) throw new CannotRun(`no call in ${files.join(', ')}`);
  return EXIT.ok;
}

async function writeCalls(sink: OutputSink, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await sink.write(`${lines.join('\n')}\n`);
}
