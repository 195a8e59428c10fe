import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { errorLine, type Repository } from './repository.ts';

/** Reads objects through one `git cat-file --batch`, which is started at the first read. */
export interface Blobs {
  /** The bytes of a blob, whose size is known. Rejects where the repository does not have it. */
  read(id: string, size: number): Promise<Uint8Array>;
  /** Ends the process. Reads that wait, or come later, reject. */
  close(): Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly size: number;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

export function openBlobs(repository: Repository): Blobs {
  const waiting: Waiting[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;
  let ended: Error | undefined;
  let closed: Promise<void> | undefined;
  let chunks: Buffer[] = [];
  let have = 0;
  /** Bytes of the answer at hand, its line and final line end included; undefined while its line is not there. */
  let need: number | undefined;
  let headerEnd = 0;

  function end(error: Error): void {
    ended ??= error;
    for (const one of waiting.splice(0)) one.reject(ended);
    child?.kill('SIGKILL');
  }

  function start(): ChildProcessWithoutNullStreams {
    const started = repository.start('cat-file', '--batch');
    let stderr = '';
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < 10_000) stderr += text;
    });
    started.stdin.on('error', () => {});
    started.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      have += chunk.length;
      take();
    });
    closed = new Promise((resolve) => {
      started.on('error', (cause) => {
        end(new Error(`git cannot be run: ${cause.message}`, { cause }));
        resolve();
      });
      started.on('close', () => {
        end(new Error(`git ended early: ${errorLine(stderr) || 'it gave no reason'}`));
        resolve();
      });
    });
    return started;
  }

  /** Hands out every answer that is there as a whole. Chunks are joined once per answer, not once per chunk. */
  function take(): void {
    for (let one = waiting[0]; one !== undefined && ended === undefined; one = waiting[0]) {
      if (need === undefined) {
        const bytes = joined();
        headerEnd = bytes.indexOf(10);
        if (headerEnd === -1) return;
        const header = bytes.toString('latin1', 0, headerEnd);
        if (header === `${one.id} missing`) need = headerEnd + 1;
        else if (header === `${one.id} blob ${one.size}`) need = headerEnd + 1 + one.size + 1;
        else end(new Error('git gave an answer that is not understood'));
      }
      if (need === undefined || have < need) return;
      const bytes = joined();
      const missing = need === headerEnd + 1;
      const content = missing ? undefined : new Uint8Array(bytes.subarray(headerEnd + 1, need - 1));
      chunks = [bytes.subarray(need)];
      have -= need;
      need = undefined;
      waiting.shift();
      if (content) one.resolve(content);
      else one.reject(new Error(MISSING));
    }
  }

  function joined(): Buffer {
    const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    chunks = [bytes];
    return bytes;
  }

  return {
    read(id, size) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        child ??= start();
        waiting.push({ id, size, resolve, reject });
        child.stdin.write(`${id}\n`);
      });
    },
    async close() {
      end(new Error('the files of the revision are closed'));
      await closed;
    },
  };
}

/** Said of an object that a partial or damaged clone does not hold. */
export const MISSING = 'this clone does not hold all of it; fetch the revision without a filter';
