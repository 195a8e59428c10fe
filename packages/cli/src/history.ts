import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { historyEntry, historyLine, isIsoTime, readHistory } from '@benchbook/governance';
import type { HistoryEntry, ReplayReport } from '@benchbook/model';
import { CannotRun, messageOf } from './errors.ts';

export interface HistoryFlags {
  readonly history?: string;
  readonly version?: string;
  readonly at?: string;
}

/** Entries that a report holds. */
const LISTED = 100;
const LARGEST = 64 * 1024 * 1024;
const LONGEST_VERSION = 200;
const TOLD = 5;

/** Refuses flags that make no sense, before anything is decided. */
export function checkHistoryFlags({ history, version, at }: HistoryFlags): void {
  if (version !== undefined && history === undefined)
    throw new CannotRun('--version names an entry of a history: add --history FILE');
  if (version !== undefined && version.length > LONGEST_VERSION)
    throw new CannotRun(`--version is longer than ${LONGEST_VERSION} characters`);
  if (at !== undefined && !isIsoTime(at))
    throw new CannotRun(`--at is no ISO time with an offset, such as 2026-05-01T10:00:00Z: ${at}`);
}

/**
 * Enters a replay in the file of `--history` and returns the last entries, this one among them. Lines that are no
 * entries are told on standard error and left as they are.
 */
export async function enterHistory(
  report: ReplayReport,
  file: string,
  flags: HistoryFlags,
): Promise<readonly HistoryEntry[]> {
  const { entries, problems, torn } = readHistory(await readText(file));
  for (const { line, message } of problems.slice(0, TOLD))
    process.stderr.write(`benchbook: ${file}:${line}: ${message}\n`);
  if (problems.length > TOLD)
    process.stderr.write(
      `benchbook: ${file}: and ${problems.length - TOLD} more lines that are no entries\n`,
    );
  const at = flags.at ?? new Date().toISOString();
  const entry = historyEntry(report, { at, version: flags.version ?? null });
  const line = historyLine(entries, entry);
  if (line === null) return entries.slice(-LISTED);
  try {
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, torn ? `\n${line}` : line);
  } catch (error) {
    throw new CannotRun(`cannot write ${file}: ${messageOf(error)}`);
  }
  return [...entries, entry].slice(-LISTED);
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST) throw new CannotRun(`${file} is larger than 64 MB; begin a new history`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new CannotRun(`cannot read ${file}: ${messageOf(error)}`);
  }
}
