import { digest, type FileTree } from '@benchbook/model';

/** Larger files are not read for a digest, in bytes. */
export const MAX_DIGESTED = 256 * 1024 * 1024;

/** SHA-256 of a file of the workspace, or why it cannot be told. Never rejects. */
export async function fileDigest(
  tree: FileTree,
  path: string,
): Promise<{ readonly sha256: string } | { readonly error: string }> {
  const read = await fileBytes(tree, path, MAX_DIGESTED);
  return 'error' in read ? read : { sha256: digest(read.bytes) };
}

/** The text of a file of the workspace, or why it cannot be told. Never rejects. */
export async function fileText(
  tree: FileTree,
  path: string,
  most: number,
): Promise<{ readonly text: string } | { readonly error: string }> {
  const read = await fileBytes(tree, path, most);
  if ('error' in read) return read;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(read.bytes) };
  } catch {
    return { error: 'the file is not UTF-8' };
  }
}

async function fileBytes(
  tree: FileTree,
  path: string,
  most: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly error: string }> {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes('..'))
    return { error: 'it lies outside the workspace' };
  try {
    const size = await tree.size?.(path);
    if (size !== undefined && size > most) return { error: tooLarge(size) };
    const bytes = await tree.read(path);
    return bytes.length > most ? { error: tooLarge(bytes.length) } : { bytes };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function tooLarge(size: number): string {
  return `the file has ${Math.ceil(size / 1024 / 1024)} MB, too many to be read`;
}
