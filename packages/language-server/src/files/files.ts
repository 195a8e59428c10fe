import { MANIFEST_FILE } from '@benchbook/workspace';
import type { Connection } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import type { Folders } from '../folders/folders.ts';
import { isBaseChange } from '../registration.ts';
import { lastSegment } from '../uri.ts';

/** Documents as the client has them, and files on disk. */
export function handleFiles(connection: Connection, current: () => ServerContext | undefined): void {
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const server = current();
    server?.documents.open(uri, languageId, version, text);
    server?.folders.documentOpened(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const server = current();
    const document = server?.documents.change(uri, version, contentChanges);
    if (document) server?.folders.documentChanged(document);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const server = current();
    server?.documents.close(uri);
    server?.folders.documentClosed(uri);
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const server = current();
    // A client that watches files tells of this one too.
    if (server && !server.client.watchFiles) filesChanged(server.folders, [uri]);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const server = current();
    if (!server) return;
    const uris = changes.map(({ uri }) => uri);
    if (uris.some(isBaseChange)) for (const { service } of server.folders.roots()) service.baseChanged();
    filesChanged(
      server.folders,
      uris.filter((uri) => !isBaseChange(uri)),
    );
  });
}

function filesChanged(folders: Folders, uris: readonly string[]): void {
  if (uris.some((uri) => lastSegment(uri) === MANIFEST_FILE)) void folders.rescan();
  const byRoot = new Map<string, string[]>();
  for (const uri of uris) {
    const found = folders.opened(uri);
    if (!found) continue;
    const paths = byRoot.get(found.root.place) ?? [];
    paths.push(found.path);
    byRoot.set(found.root.place, paths);
  }
  for (const { place, service } of folders.roots()) {
    const paths = byRoot.get(place);
    if (paths) service.filesChanged(paths);
  }
}
