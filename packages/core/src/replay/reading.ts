import type { ByteSource, ReplayReport, UnreadableReport } from '@benchbook/model';
import { type Walker, walkRecordings } from './walk.ts';

/** What was read of a list of recordings. */
export interface Reading {
  readonly recordings: readonly { readonly file: string; readonly format: string; readonly calls: number }[];
  /** The first unreadable places; `unreadableCount` counts all. */
  readonly unreadable: ReplayReport['unreadable'];
  readonly unreadableCount: number;
}

export interface ReadingHooks {
  /** Told after every step: calls and stored bytes so far. */
  readonly onProgress?: ((calls: number, bytes: number) => void) | undefined;
  /** Told where a recording ends. */
  readonly onEnd?: () => void;
}

/** Most unreadable places that a report lists. */
const MAX_UNREADABLE = 100;

/** Walks through all recordings in one pass. Rejects where one cannot be opened. */
export async function readThrough(
  sources: readonly ByteSource[],
  walker: Walker,
  { onProgress, onEnd }: ReadingHooks = {},
): Promise<Reading> {
  const read = new Map<string, { file: string; format: string; calls: number }>();
  const unreadable: UnreadableReport[] = [];
  let unreadableCount = 0;
  let calls = 0;
  let bytes = 0;
  let current: string | undefined;
  for await (const step of walkRecordings(sources, walker)) {
    if (current !== undefined && step.file !== current) onEnd?.();
    current = step.file;
    const entry = read.get(step.file) ?? { file: step.file, format: 'unknown', calls: 0 };
    read.set(step.file, { ...entry, format: step.format ?? entry.format, calls: entry.calls + step.calls });
    unreadableCount += step.problems.length;
    for (const problem of step.problems) if (unreadable.length < MAX_UNREADABLE) unreadable.push(problem);
    calls += step.calls;
    bytes += step.bytes;
    onProgress?.(calls, bytes);
  }
  onEnd?.();
  return { recordings: [...read.values()], unreadable, unreadableCount };
}
