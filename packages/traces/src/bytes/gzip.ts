/** Content that cannot be unpacked; the message is for the user. */
export class ContentError extends Error {}

/** True where bytes start as gzip does. */
export function isGzip(start: Uint8Array): boolean {
  return start.length > 1 && start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * The bytes of a recording, unpacked where they start as gzip does. What a corrupt or cut file still gives comes
 * first, then a {@link ContentError}. `onStored` hears of every stored byte.
 */
export async function* unpacked(
  stored: AsyncIterable<Uint8Array>,
  onStored: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const input = stored[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array(0);
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await input.next();
    if (done) return undefined;
    onStored(value.length);
    return value;
  };
  try {
    while (start.length < 2) {
      const chunk = await next();
      if (!chunk) break;
      start = start.length === 0 ? chunk : concat([start, chunk]);
    }
    if (isGzip(start)) {
      yield* gunzip(start, next);
    } else {
      if (start.length > 0) yield start;
      for (let chunk = await next(); chunk; chunk = await next()) yield chunk;
    }
  } finally {
    await input.return?.();
  }
}

async function* gunzip(
  start: Uint8Array,
  next: () => Promise<Uint8Array | undefined>,
): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  let inputError: unknown;
  const pump = (async () => {
    try {
      for (let chunk: Uint8Array | undefined = start; chunk; chunk = await next()) {
        // A copy: the source may use its buffer again before the stream has read it.
        await writer.write(new Uint8Array(chunk));
      }
      await writer.close();
    } catch (error) {
      inputError = error;
      await writer.abort(error).catch(() => {});
    }
  })();
  writer.closed.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await pump;
  } catch (error) {
    const cause = error ?? inputError;
    throw new ContentError(`corrupt or incomplete gzip: ${reason(cause)}`);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** One array of several. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
