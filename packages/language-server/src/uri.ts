/** URIs of documents and folders as clients write them: percent signs and drive letters differ, places do not. */

const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i;

/**
 * One text per place: scheme and drive letter in lower case, the path decoded, no slash at the end. null for what is
 * no place below a root (`untitled:`, broken percent signs, `..`).
 */
export function placeOfUri(uri: string): string | null {
  const found = SHAPE.exec(uri);
  if (!found) return null;
  let path: string;
  try {
    path = decodeURIComponent(found[3]!);
  } catch {
    return null;
  }
  if (path.split('/').includes('..')) return null;
  const drive = path.replace(/^\/[A-Z]:/, (letter) => letter.toLowerCase()).replace(/\/+$/, '');
  return `${found[1]!.toLowerCase()}://${found[2]}${drive}`;
}

/** The path of `place` below `root` (both from {@link placeOfUri}); `''` for the root itself, null outside. */
export function pathBelow(root: string, place: string): string | null {
  if (place === root) return '';
  return place.startsWith(`${root}/`) ? place.slice(root.length + 1) : null;
}

/** The URI of a file below a folder; `path` with `/`. */
export function uriBelow(folder: string, path: string): string {
  const base = folder.replace(/\/+$/, '');
  return path === '' ? base : `${base}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The last segment of a path or URI. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
