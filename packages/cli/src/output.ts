import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { ReporterOptions, Reporters } from '@benchbook/reports';
import { CannotRun, messageOf } from './errors.ts';

/** `--format` and `--out`, which every command has. */
export interface OutputOptions {
  readonly format: string;
  readonly out?: string;
}

/** The reporter that `--format` names; an unknown one is a usage error that lists the known ones. */
export function reporterOf<Report>(
  reporters: Reporters<Report>,
  { format, out }: OutputOptions,
): (report: Report, sources?: ReporterOptions['sources']) => string {
  const reporter = Object.hasOwn(reporters, format) ? reporters[format] : undefined;
  if (!reporter) {
    throw new CannotRun(`unknown format '${format}'; known formats: ${Object.keys(reporters).join(', ')}`);
  }
  const { isTTY, columns } = process.stdout;
  const color = isTTY === true && out === undefined && !process.env.NO_COLOR;
  return (report, sources) => reporter(report, { color, width: columns ?? 100, ...(sources && { sources }) });
}

/** Writes a whole report to `--out` or stdout. */
export async function writeOutput(text: string, out: string | undefined): Promise<void> {
  const sink = openOutput(out);
  await sink.write(text);
  await sink.close();
}

/** Somewhere to write in pieces. A closed pipe (`| head`) ends it silently. */
export interface OutputSink {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

export function openOutput(out: string | undefined): OutputSink {
  const stream = out === undefined ? process.stdout : createWriteStream(out);
  let broken: Error | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    broken = new CannotRun(`cannot write ${out ?? 'to standard output'}: ${messageOf(error)}`);
  });
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      stream.write(text, (error) => (error ? reject(broken ?? error) : resolve()));
    });
  return {
    write,
    close: () =>
      new Promise((resolve, reject) => {
        if (out === undefined) return resolve();
        stream.end(() => (broken ? reject(broken) : resolve()));
      }),
  };
}

/** Writes a file that must not exist yet. False where it does. */
export async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new CannotRun(`cannot write ${path}: ${messageOf(error)}`);
  }
}
