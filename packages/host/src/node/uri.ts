import { fileURLToPath } from 'node:url';

/** The path that a `file:` URI names; null for other schemes, other machines (but Windows shares) and broken URIs. */
export function pathOfUri(uri: string): string | null {
  if (!/^file:/i.test(uri)) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}
