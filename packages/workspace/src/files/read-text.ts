import { type Diagnostic, digest, type FileTree } from '@benchbook/model';
import { finding } from '../diagnostics.ts';

/** Larger files are told and left out, in bytes. */
export const MAX_FILE_SIZE = 10 * 1024 * 1024;

/** A file's text and the digest of its bytes, or why there is none. A byte order mark is dropped from the text. Never rejects. */
export async function readText(
  tree: FileTree,
  path: string,
): Promise<{ readonly text: string; readonly sha256: string } | { readonly diagnostic: Diagnostic }> {
  let bytes: Uint8Array;
  try {
    const size = await tree.size?.(path);
    if (size !== undefined && size > MAX_FILE_SIZE) return { diagnostic: tooLarge(path, size) };
    bytes = await tree.read(path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { diagnostic: finding('file-unreadable', path, null, message) };
  }
  if (bytes.length > MAX_FILE_SIZE) return { diagnostic: tooLarge(path, bytes.length) };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return { text, sha256: digest(bytes) };
    return { diagnostic: finding('file-unreadable', path, null, 'the file is binary: it holds zero bytes') };
  } catch {
    const message = 'the file is not UTF-8; save it in that encoding';
    return { diagnostic: finding('file-unreadable', path, null, message) };
  }
}

function tooLarge(path: string, size: number): Diagnostic {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  return finding('file-too-large', path, null, `the file has ${megabytes} MB; at most 10 MB are read`);
}
