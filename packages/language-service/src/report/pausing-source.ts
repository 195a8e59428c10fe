import type { ByteSource } from '@benchbook/model';

/** Bytes that are given out at once, and milliseconds of work after which others go first. */
const CHUNK = 64 * 1024;
const SLICE_MS = 8;

/** A recording whose readers let editor requests go first every few milliseconds. */
export function pausingSource(
  source: ByteSource,
  { pause, now }: { pause(): Promise<void>; now(): number },
): ByteSource {
  return {
    path: source.path,
    size: source.size,
    async *open() {
      let since = now();
      for await (const bytes of source.open()) {
        for (let at = 0; at < bytes.length; at += CHUNK) {
          if (now() - since >= SLICE_MS) {
            await pause();
            since = now();
          }
          yield bytes.subarray(at, at + CHUNK);
        }
      }
    },
  };
}
