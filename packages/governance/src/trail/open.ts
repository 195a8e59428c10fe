import type { AuditEntry, JsonObject, TrailMark, TrailTerms } from '@benchbook/model';
import { boundEntry } from './bound-entry.ts';
import type { ChainEnd } from './chain.ts';
import { type HeadSigner, headDigest, headLine } from './head.ts';
import { keyMark } from './hmac.ts';
import type { AppendFile } from './port.ts';
import { GENESIS, sealRecord } from './record.ts';
import { type Redaction, redactEntry } from './redact.ts';
import { resumeTrail } from './resume.ts';

export interface TrailOptions {
  readonly trail: AppendFile;
  /** Kept outside the trail. null: heads are not signed. */
  readonly heads: AppendFile | null;
  readonly signer: HeadSigner | null;
  /** Every so many records the last one is a mark that the head is signed; one more stands at the end. */
  readonly signEvery: number;
  /** Name of a new trail: random. */
  readonly id: string;
  readonly retentionMonths: number | null;
  readonly redaction: Redaction;
  /** ISO time of what the trail says about itself. */
  readonly now: () => string;
}

/** A decision or act, and the facts of its call, of which only what is to be kept is written. */
export interface TrailItem {
  readonly entry: AuditEntry;
  readonly call?: JsonObject;
}

/** A trail that is open for writing. */
export interface Trail {
  /** Resolves once all of them are on the disk. One call at a time goes through; rejects for good once a write failed. */
  write(items: readonly TrailItem[]): Promise<void>;
  /** Signs the head over what is not signed yet. The files are the caller's to close. */
  close(): Promise<void>;
}

/** Characters that are gathered before they are written, where more come at once. */
const MAX_WRITE = 1 << 20;

/** Begins a trail, or continues one after its end was checked. An error is a sentence about the trail. */
export async function openTrail(options: TrailOptions): Promise<{ trail: Trail } | { error: string }> {
  const { trail, heads, signer, redaction, now } = options;
  const terms: TrailTerms = {
    retentionMonths: options.retentionMonths,
    redact: redaction.rules,
    keep: redaction.keep,
    hashKey: keyMark(redaction.key),
  };
  let end: ChainEnd = { seq: 0, hash: GENESIS };
  let name = options.id;
  let head = { number: 0, seq: 0, digest: null as string | null };

  const seal = (entry: AuditEntry | TrailMark): string => {
    const { record, line } = sealRecord(end.seq + 1, end.hash, entry);
    end = { seq: record.seq, hash: record.hash };
    return `${line}\n`;
  };
  const sign = async (by: HeadSigner, into: AppendFile): Promise<void> => {
    await trail.append(seal({ kind: 'signed-head', ts: now(), key: by.id }));
    const number = head.number + 1;
    const statement = { trail: name, head: number, ...end, time: now(), previous: head.digest };
    const line = await headLine(statement, by);
    await into.append(`${line}\n`);
    head = { number, seq: end.seq, digest: headDigest(line) };
  };
  const signNow = async (): Promise<void> => {
    if (signer && heads && end.seq > head.seq) await sign(signer, heads);
  };
  const write = async (items: readonly TrailItem[]): Promise<void> => {
    let text = '';
    for (const { entry, call } of items) {
      text += seal(boundEntry(redactEntry(entry, call, redaction)));
      const due = signer !== null && heads !== null && end.seq - head.seq >= options.signEvery - 1;
      if (!due && text.length < MAX_WRITE) continue;
      await trail.append(text);
      text = '';
      if (due) await signNow();
    }
    if (text !== '') await trail.append(text);
  };

  if (trail.size === 0) {
    if (heads && heads.size > 0)
      return { error: 'it is empty, but there are signed heads: what they were signed over is gone' };
    await trail.append(
      seal({ kind: 'opened', schema: 'benchbook.trail/v1', ts: now(), trail: name, ...terms }),
    );
    if (trail.torn) await trail.append(seal({ kind: 'continued', ts: now(), torn: trail.torn, ...terms }));
  } else {
    const resumed = await resumeTrail(trail, heads);
    if ('error' in resumed) return resumed;
    ({ end, trail: name } = resumed);
    if (resumed.head) {
      const { statement, digest } = resumed.head;
      head = { number: statement.head, seq: statement.seq, digest };
    }
    await trail.append(seal({ kind: 'continued', ts: now(), torn: trail.torn, ...terms }));
  }
  return { trail: inTurn(write, signNow) };
}

/** One write at a time; after a failure the chain in memory is not that on the disk, so nothing follows. */
function inTurn(write: (items: readonly TrailItem[]) => Promise<void>, sign: () => Promise<void>): Trail {
  let last: Promise<void> = Promise.resolve();
  const after = (step: () => Promise<void>): Promise<void> => {
    const next = last.then(step);
    last = next;
    // Told to whoever awaits it; here only that the next step must not run.
    next.catch(() => {});
    return next;
  };
  return { write: (items) => after(() => write(items)), close: () => after(sign) };
}
