import { existsSync, statSync } from 'node:fs';
import { REQUIRED_MONTHS, verifyTrail } from '@benchbook/governance';
import { nodeByteSource } from '@benchbook/host/node';
import type { TrailReport } from '@benchbook/model';
import { auditExports, auditReporters } from '@benchbook/reports';
import { headsOf } from '../audit/open-trail.ts';
import { readKeys } from '../audit/read-keys.ts';
import { CannotRun, EXIT } from '../errors.ts';
import { type OutputOptions, openOutput, reporterOf, writeOutput } from '../output.ts';

export interface AuditVerifyFlags extends OutputOptions {
  readonly heads?: string;
  readonly keys?: string;
  readonly minMonths?: string;
  readonly allowUnanchored?: boolean;
}

/** 1 where the trail is not intact to its end, or is not kept long enough. */
export async function auditVerifyCommand(file: string, flags: AuditVerifyFlags): Promise<number> {
  const report = reporterOf(auditReporters, flags);
  const result = await verify(file, flags);
  await writeOutput(report(result), flags.out);
  const sound =
    result.state === 'intact' || (flags.allowUnanchored === true && result.state === 'unanchored');
  return sound && result.retention.enough !== false ? EXIT.ok : EXIT.findings;
}

/** Writes every record that can be read; 1 where the chain is broken, which is told on stderr. */
export async function auditExportCommand(file: string, flags: OutputOptions): Promise<number> {
  const start = Object.hasOwn(auditExports, flags.format) ? auditExports[flags.format] : undefined;
  if (start === undefined)
    throw new CannotRun(
      `unknown format '${flags.format}'; known formats: ${Object.keys(auditExports).join(', ')}`,
    );
  mustBeFile(file);
  const sink = openOutput(flags.out);
  const format = start();
  let text = format.begin();
  const flush = async (): Promise<void> => {
    if (text !== '') await sink.write(text);
    text = '';
  };
  const report = await verifyTrail({
    file,
    trail: nodeByteSource('.', file).open(),
    heads: null,
    keys: null,
    requiredMonths: 0,
    onRecord(record) {
      text += format.record(record);
      return text.length > CHUNK ? flush() : undefined;
    },
  });
  text += format.end();
  await flush();
  await sink.close();
  const chain = report.problems.filter(({ kind }) => !kind.startsWith('head-'));
  for (const { message } of chain.slice(0, MAX_TOLD))
    process.stderr.write(`benchbook: ${file}: ${message}\n`);
  return chain.some(({ kind }) => kind !== 'torn') ? EXIT.findings : EXIT.ok;
}

/** Characters that are gathered before they are written. */
const CHUNK = 64 * 1024;
/** Most problems that an export tells one by one. */
const MAX_TOLD = 20;

async function verify(file: string, flags: AuditVerifyFlags): Promise<TrailReport> {
  mustBeFile(file);
  const heads = flags.heads ?? (existsSync(headsOf(file)) ? headsOf(file) : undefined);
  if (heads !== undefined) mustBeFile(heads);
  return verifyTrail({
    file,
    trail: nodeByteSource('.', file).open(),
    heads: heads === undefined ? null : nodeByteSource('.', heads).open(),
    keys: flags.keys === undefined ? null : await readKeys(flags.keys),
    requiredMonths: monthsOf(flags.minMonths),
  });
}

function monthsOf(text: string | undefined): number {
  if (text === undefined) return REQUIRED_MONTHS;
  if (!/^\d{1,4}$/.test(text))
    throw new CannotRun(`--min-months takes a whole number of months, not '${text}'`);
  return Number(text);
}

function mustBeFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CannotRun(`no such file: ${path}`);
  if (!stat.isFile()) throw new CannotRun(`${path} is no file; name the trail`);
}
