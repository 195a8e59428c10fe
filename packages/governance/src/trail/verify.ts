import type { TrailRecord, TrailReport } from '@benchbook/model';
import type { KeyRing } from '../dsse/key-ring.ts';
import { checkChain } from './chain.ts';
import { splitLines } from './lines.ts';
import { collectProblems } from './problems.ts';
import { type CheckedHead, readHeads } from './read-heads.ts';

/** Months that Art. 19(1) and 26(6) of the EU AI Act ask for at least. */
export const REQUIRED_MONTHS = 6;

export interface VerifyOptions {
  /** As the report names it. */
  readonly file: string;
  readonly trail: AsyncIterable<Uint8Array>;
  /** null: there is no file of heads. */
  readonly heads: AsyncIterable<Uint8Array> | null;
  /** Keys that count; null: none is known. */
  readonly keys: KeyRing | null;
  /** Months of retention that are asked for. */
  readonly requiredMonths: number;
  /** Told each record that can be read, in the order of the file, sound or not. */
  readonly onRecord?: (record: TrailRecord) => void | Promise<void>;
}

/**
 * Verifies a trail against itself and against its signed heads, in constant memory. What the chain cannot show (a
 * cut, records that were all chained anew) the heads show, as far as they reach.
 */
export async function verifyTrail(options: VerifyOptions): Promise<TrailReport> {
  const problems = collectProblems();
  const chain = checkChain(problems);
  const heads = options.heads && readHeads(options.heads, options.keys, problems);
  const nextHead = async (): Promise<CheckedHead | null> => {
    const next = await heads?.next();
    return next === undefined || next.done ? null : next.value;
  };
  let head = await nextHead();
  const hasHeads = head !== null;
  const seen = watchRecords();
  let signed = 0;
  let lastSeq = 0;
  /** A record that says its head is signed, and no such head. */
  let unsigned = 0;
  /** How many of them there are that no ended process explains. */
  let lost = 0;

  for await (const lines of splitLines(options.trail)) {
    for (const line of lines) {
      const record = chain.next(line);
      if (record === null) continue;
      const { seq, entry, hash } = record;
      if (seq === 1 ? entry.kind !== 'opened' : entry.kind === 'opened')
        problems.add(
          seq,
          'changed',
          seq === 1 ? 'the first record does not open a trail' : `record ${seq} opens a trail within a trail`,
        );
      if (unsigned > 0 && seq === unsigned + 1) {
        if (entry.kind !== 'continued') {
          lost++;
          if (hasHeads) problems.add(unsigned, 'head-missing', headMissing(unsigned));
        }
        unsigned = 0;
      }
      while (head !== null && head.seq < seq) {
        problems.add(
          head.seq,
          'head-mismatch',
          `a head is signed over record ${head.seq}, which is not where it was`,
        );
        head = await nextHead();
      }
      if (head?.seq === seq) {
        if (head.hash !== hash || head.trail !== (seen.trail() ?? head.trail)) {
          const since = signed + 1;
          const what =
            since === seq ? `record ${seq} is not the one` : `records ${since} to ${seq} are not all those`;
          problems.add(seq, 'head-mismatch', `${what} that the head over record ${seq} was signed over`);
        } else if (head.trusted && !problems.broken()) signed = seq;
        head = await nextHead();
      } else if (entry.kind === 'signed-head' && seq > lastSeq) unsigned = seq;
      lastSeq = Math.max(lastSeq, seq);
      seen.record(record);
      await options.onRecord?.(record);
    }
  }
  chain.end();
  if (unsigned > 0)
    problems.add(unsigned, 'head-unverified', `${headMissing(unsigned)}, or the process ended before it was`);
  let furthest = head?.seq ?? 0;
  while (head !== null) {
    furthest = Math.max(furthest, head.seq);
    head = await nextHead();
  }
  if (furthest > 0) {
    const gone = furthest - lastSeq;
    const what = gone === 1 ? `record ${furthest} is gone` : `records ${lastSeq + 1} to ${furthest} are gone`;
    problems.add(lastSeq + 1, 'cut', `the trail ends before its last signed head: ${what}`);
  }
  if (!hasHeads && lost > 0)
    problems.add(0, 'head-missing', 'the trail says that heads were signed, but there are none');

  const whole = signed === lastSeq && lastSeq > 0 && problems.list().length === 0;
  return {
    schema: 'benchbook.audit/v1',
    file: options.file,
    records: chain.lines,
    state: problems.broken() ? 'broken' : whole ? 'intact' : 'unanchored',
    signedRecords: signed,
    problems: problems.list(),
    problemsLeftOut: problems.leftOut(),
    firstTs: seen.firstTs(),
    lastTs: seen.lastTs(),
    retention: retention(seen.months(), options.requiredMonths),
  };
}

function headMissing(seq: number): string {
  return `record ${seq} says that a head was signed over it, but the heads have none`;
}

function retention(months: number | null, required: number): TrailReport['retention'] {
  return { months, required, enough: months === null ? null : months >= required };
}

/** What records say that a report tells. */
function watchRecords() {
  let trail: string | null = null;
  let months: number | null = null;
  let first: { at: number; ts: string } | null = null;
  let last: { at: number; ts: string } | null = null;
  return {
    record({ entry }: TrailRecord) {
      if (entry.kind === 'signed-head') return;
      if (entry.kind === 'opened' || entry.kind === 'continued') {
        months = entry.retentionMonths;
        if (entry.kind === 'opened') trail ??= entry.trail;
      } else {
        const at = Date.parse(entry.ts);
        if (Number.isNaN(at)) return;
        if (first === null || at < first.at) first = { at, ts: entry.ts };
        if (last === null || at > last.at) last = { at, ts: entry.ts };
      }
    },
    trail: () => trail,
    months: () => months,
    firstTs: () => first?.ts ?? null,
    lastTs: () => last?.ts ?? null,
  };
}
