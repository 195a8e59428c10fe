import type { EngineAssets } from '@benchbook/model';

/**
 * Binary assets from a folder by URL: `NAME.gz`, unpacked here, else `NAME`. Rejects with a message that says where was
 * looked, or which file is broken.
 */
export function fetchedAssets(folder: string): EngineAssets {
  const base = folder.endsWith('/') ? folder : `${folder}/`;

  async function fetched(url: string): Promise<Response | null> {
    try {
      const response = await fetch(url);
      return response.ok ? response : null;
    } catch {
      return null;
    }
  }

  return {
    async read(name) {
      const url = `${base}${name}`;
      const packed = await fetched(`${url}.gz`);
      if (packed) return unpack(`${url}.gz`, new Uint8Array(await packed.arrayBuffer()));
      const plain = await fetched(url);
      if (plain) return new Uint8Array(await plain.arrayBuffer());
      throw new Error(`${name} is missing (looked in ${base}); install Benchbook again`);
    },
  };
}

/** Servers that say `Content-Encoding: gzip` have it unpacked on the way already. */
async function unpack(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new Error(`${url} is broken: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
