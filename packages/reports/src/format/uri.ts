/** A relative path as a URI reference: every segment is encoded, so that none looks like a scheme or a query. */
export function uriReference(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}
