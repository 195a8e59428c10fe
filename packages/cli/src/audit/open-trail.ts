import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { openTrail as continueTrail, type TrailItem } from '@benchbook/governance';
import { type LineFile, openLineFile } from '@benchbook/host/node';
import type { RedactRule } from '@benchbook/model';
import { CannotRun, messageOf } from '../errors.ts';
import { hashKey } from './hash-key.ts';
import { headSigner } from './signer.ts';

export interface OpenTrailOptions {
  /** Where signed heads go; default `FILE.heads.jsonl`. */
  readonly heads?: string;
  readonly retentionMonths: number | null;
  readonly redact: readonly RedactRule[];
  /** JSON Pointers into the call: what of it is written beside the decision. */
  readonly keep?: readonly string[];
  /** ISO time of what the trail says about itself. */
  readonly now: () => string;
  /** Records from one signed head to the next. */
  readonly signEvery?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A trail that is being written. */
export interface OpenTrail {
  /** Whether heads are signed: only then can a cut be found later. */
  readonly signed: boolean;
  /** What an ended process had left behind of a line: now in `FILE.torn`. */
  readonly tornBytes: number;
  /** Resolves once all are on the disk. */
  write(items: readonly TrailItem[]): Promise<void>;
  /** Signs the head and lets go of the files. */
  close(): Promise<void>;
}

const SIGN_EVERY = 100;

/** Where signed heads stand unless said otherwise. */
export function headsOf(path: string): string {
  return `${path}.heads.jsonl`;
}

/** Begins the trail in a file or continues it. Refuses one whose end is not as it was written, or that is in use. */
export async function openTrail(path: string, options: OpenTrailOptions): Promise<OpenTrail> {
  const env = options.env ?? process.env;
  const signer = await headSigner(env);
  const headsPath = options.heads ?? headsOf(path);
  const files: LineFile[] = [];
  const openFile = async (file: string): Promise<LineFile> => {
    const opened = await openLineFile(file).catch((error: unknown) => {
      throw new CannotRun(messageOf(error));
    });
    files.push(opened);
    return opened;
  };
  const letGo = async (): Promise<void> => {
    for (const file of files.splice(0)) await file.close();
  };
  try {
    const file = await openFile(path);
    const heads = signer !== null || existsSync(headsPath) ? await openFile(headsPath) : null;
    const result = await continueTrail({
      trail: file,
      heads,
      signer,
      signEvery: options.signEvery ?? SIGN_EVERY,
      id: randomUUID(),
      retentionMonths: options.retentionMonths,
      redaction: { rules: options.redact, keep: options.keep ?? [], key: await hashKey(path, env) },
      now: options.now,
    });
    if ('error' in result)
      throw new CannotRun(`${path} is not continued: ${result.error}; benchbook audit verify tells more`);
    const { trail } = result;
    return {
      signed: signer !== null,
      tornBytes: file.torn?.bytes ?? 0,
      write: (items) => trail.write(items),
      async close() {
        try {
          await trail.close();
        } finally {
          await letGo();
        }
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}
