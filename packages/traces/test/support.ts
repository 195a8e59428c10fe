import type { ByteSource, Call } from '@benchbook/model';
import { type ReadBatch, type ReadOptions, type ReadProblem, readRecording } from '@benchbook/traces';

/** A recording in memory; `chunk` is the most bytes that come at once. */
export function recording(content: string | Uint8Array, path = 'rec', chunk = 65_536): ByteSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

export interface ReadAll {
  readonly format: string | null;
  readonly calls: Call[];
  readonly problems: ReadProblem[];
  readonly bytes: number;
}

export async function readAll(source: ByteSource, options?: ReadOptions): Promise<ReadAll> {
  const batches: ReadBatch[] = [];
  for await (const batch of readRecording(source, options)) batches.push(batch);
  return {
    format: batches.at(-1)?.format ?? null,
    calls: batches.flatMap(({ calls }) => calls),
    problems: batches.flatMap(({ problems }) => problems),
    bytes: batches.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Reads text given as lines. */
export function readLines(...lines: (string | object)[]): Promise<ReadAll> {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  return readAll(recording(`${texts.join('\n')}\n`));
}
