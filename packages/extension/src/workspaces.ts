/** The workspaces that the language server answers for: a folder may hold several, each with its `benchbook.yaml`. */

/** A URI as the server writes it, e.g. `file:///home/me/policies`. */
export type WorkspaceUri = string;

/** The workspace that a document lies in: the nearest of them; null outside all. */
export function workspaceOf(document: string, workspaces: readonly WorkspaceUri[]): WorkspaceUri | null {
  const place = plain(document);
  let best: WorkspaceUri | null = null;
  for (const workspace of workspaces) {
    const root = plain(workspace);
    if ((place === root || place.startsWith(`${root}/`)) && workspace.length >= (best?.length ?? 0))
      best = workspace;
  }
  return best;
}

/** A document's path in a workspace, with `/`; null outside. */
export function pathIn(workspace: WorkspaceUri, document: string): string | null {
  const root = plain(workspace);
  const place = plain(document);
  return place.startsWith(`${root}/`) ? place.slice(root.length + 1) : null;
}

/** The last segment of a workspace's URI, for people. */
export function nameOf(workspace: WorkspaceUri): string {
  const place = plain(workspace);
  return place.slice(place.lastIndexOf('/') + 1) || place;
}

/** Percent signs and drive letters are written in more than one way. */
function plain(uri: string): string {
  let text = uri.replace(/\/+$/, '');
  try {
    text = decodeURIComponent(text);
  } catch {
    // A stray percent sign: compared as it stands.
  }
  return text.replace(
    /^([a-z-]+:\/\/\/)([A-Z]):/,
    (_, start: string, drive: string) => `${start}${drive.toLowerCase()}:`,
  );
}
