import { createHash } from 'node:crypto';
import type { ByteSource } from '@benchbook/model';

/** A recording that tells its SHA-256 once it was read to its end. */
export interface DigestedSource extends ByteSource {
  /** 64 lower-case hex digits of the stored bytes; undefined before the end was reached. */
  sha256(): string | undefined;
}

/** Computes the digest beside reading, so that no file is read for it alone. */
export function digestedSource(source: ByteSource): DigestedSource {
  let digest: string | undefined;
  return {
    path: source.path,
    size: source.size,
    async *open() {
      const hash = createHash('sha256');
      for await (const chunk of source.open()) {
        hash.update(chunk);
        yield chunk;
      }
      digest = hash.digest('hex');
    },
    sha256: () => digest,
  };
}
