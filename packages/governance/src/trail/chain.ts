import type { TrailRecord } from '@benchbook/model';
import type { Line } from './lines.ts';
import type { Problems } from './problems.ts';
import { GENESIS, readLine } from './record.ts';

/** Where a chain stands: the number of its last record, and the hash that the next one must follow. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** Follows a chain line by line, in constant memory. */
export interface ChainCheck {
  /** The record of a line, or null where it is none that can be read. */
  next(line: Line): TrailRecord | null;
  /** Told once, after the last line: what was missing and did not come later. */
  end(): void;
  /** Whole lines so far. */
  readonly lines: number;
}

/** Gaps that are remembered to tell a record that was moved from one that was removed. */
const MAX_GAPS = 1000;

/** Checks that records follow one another. `from`: where the chain stood before the first line. */
export function checkChain(problems: Problems, from: ChainEnd = { seq: 0, hash: GENESIS }): ChainCheck {
  let lines = 0;
  /** Highest number so far. */
  let seq = from.seq;
  /** What stands before, or null where that cannot be read. */
  let before: ChainEnd | null = from;
  const gaps: { first: number; last: number }[] = [];

  const misread = (line: Line, why: string): null => {
    seq++;
    before = null;
    const where = line.whole ? '' : ', and the file ends within it';
    problems.add(
      seq,
      line.whole ? 'changed' : 'torn',
      `record ${seq} is not as it was written: ${why}${where}`,
    );
    return null;
  };

  return {
    get lines() {
      return lines;
    },
    next(line) {
      if (line.text === null) return misread(line, 'it is no UTF-8, or too long');
      const read = line.whole
        ? readLine(line.text)
        : { kind: 'misread' as const, why: 'its line is not whole' };
      if (line.whole) lines++;
      if (read.kind === 'misread') return misread(line, read.why);
      const { record, sound } = read;
      if (!sound)
        problems.add(
          record.seq,
          'changed',
          `record ${record.seq} was changed: its hash is not that of its content`,
        );
      if (record.seq > seq + 1) {
        if (gaps.length < MAX_GAPS) gaps.push({ first: seq + 1, last: record.seq - 1 });
        else problems.add(seq + 1, 'removed', missing(seq + 1, record.seq - 1));
      } else if (record.seq <= seq) {
        if (fill(gaps, record.seq))
          problems.add(
            record.seq,
            'reordered',
            `record ${record.seq} was moved: it stands after record ${seq}`,
          );
        else
          problems.add(
            record.seq,
            'inserted',
            `record ${record.seq} stands a second time, after record ${seq}`,
          );
      } else if (before !== null && before.seq === record.seq - 1 && record.prev !== before.hash) {
        const what =
          before.seq === 0
            ? 'it is not the first of a trail'
            : `record ${before.seq} is not the one that it was written after`;
        problems.add(
          record.seq,
          'unlinked',
          `record ${record.seq} does not follow what stands before it: ${what}`,
        );
      }
      seq = Math.max(seq, record.seq);
      before = { seq: record.seq, hash: record.hash };
      return record;
    },
    end() {
      for (const { first, last } of gaps) problems.add(first, 'removed', missing(first, last));
    },
  };
}

function missing(first: number, last: number): string {
  return first === last ? `record ${first} is missing` : `records ${first} to ${last} are missing`;
}

/** Takes a number out of the gaps; false where it was in none. */
function fill(gaps: { first: number; last: number }[], seq: number): boolean {
  const at = gaps.findIndex(({ first, last }) => first <= seq && seq <= last);
  const gap = gaps[at];
  if (gap === undefined) return false;
  const parts = [
    { first: gap.first, last: seq - 1 },
    { first: seq + 1, last: gap.last },
  ];
  gaps.splice(at, 1, ...parts.filter(({ first, last }) => first <= last));
  return true;
}
