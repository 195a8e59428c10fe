import { getOwn, type HistoryEntry, isObject, type Json, OUTCOMES, setOwn } from '@benchbook/model';
import { isIsoTime } from './iso-time.ts';

/** What a history file holds, in the order in which it was written. */
export interface History {
  readonly entries: readonly HistoryEntry[];
  /** Lines that were passed over, from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  /** The last line has no end: what is appended must begin a new one. */
  readonly torn: boolean;
}

const LONGEST_LINE = 64 * 1024;
const LONGEST_VERSION = 200;

/** Reads a history file's text. A torn or foreign line is told and passed over; it never hides the others. */
export function readHistory(text: string): History {
  const entries: HistoryEntry[] = [];
  const problems: { line: number; message: string }[] = [];
  const lines = text.split('\n');
  const rest = lines.at(-1) ?? '';
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const entry = readLine(line);
    if (typeof entry !== 'string') entries.push(entry);
    else
      problems.push({
        line: index + 1,
        message: index === lines.length - 1 ? `${entry}; the line was not written to its end` : entry,
      });
  });
  return { entries, problems, torn: rest !== '' };
}

function readLine(line: string): HistoryEntry | string {
  if (line.length > LONGEST_LINE) return 'not a history entry: the line is too long';
  let value: Json;
  try {
    value = JSON.parse(line) as Json;
  } catch {
    return 'not a history entry: no JSON';
  }
  if (!isObject(value) || getOwn(value, 'schema') !== 'benchbook.history/v1')
    return 'not a history entry: its schema is not benchbook.history/v1';
  return entryOf(value) ?? 'not a whole history entry: a figure is missing or of another kind';
}

function entryOf(value: { readonly [key: string]: Json }): HistoryEntry | undefined {
  const at = getOwn(value, 'at');
  const version = getOwn(value, 'version') ?? null;
  const policies = getOwn(value, 'policies');
  const recordings = getOwn(value, 'recordings');
  const calls = figure(value, 'calls');
  const p99 = getOwn(value, 'p99Ms') ?? null;
  const outcomes = figures(getOwn(value, 'outcomes'), OUTCOMES);
  const coverage = figures(getOwn(value, 'coverage'), ['policies', 'conditions'] as const);
  const expectations = figures(getOwn(value, 'expectations'), ['met', 'missed'] as const);
  if (typeof at !== 'string' || !isIsoTime(at)) return undefined;
  if (version !== null && (typeof version !== 'string' || version.length > LONGEST_VERSION)) return undefined;
  if (!isDigest(policies) || !isDigest(recordings) || calls === undefined) return undefined;
  if (p99 !== null && (typeof p99 !== 'number' || p99 < 0)) return undefined;
  if (!outcomes || !coverage || !expectations) return undefined;
  if (coverage.policies > 1 || coverage.conditions > 1) return undefined;
  return {
    schema: 'benchbook.history/v1',
    at,
    version,
    policies,
    recordings,
    calls,
    outcomes,
    coverage,
    expectations,
    p99Ms: p99,
  };
}

function figures<Name extends string>(
  value: Json | undefined,
  names: readonly Name[],
): { readonly [name in Name]: number } | undefined {
  if (!isObject(value)) return undefined;
  const found: Record<string, number> = {};
  for (const name of names) {
    const one = figure(value, name);
    if (one === undefined) return undefined;
    setOwn(found, name, one);
  }
  return found as { [name in Name]: number };
}

function figure(value: { readonly [key: string]: Json }, name: string): number | undefined {
  const one = getOwn(value, name);
  return typeof one === 'number' && Number.isFinite(one) && one >= 0 ? one : undefined;
}

function isDigest(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
