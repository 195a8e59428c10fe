import type { EditorDiagnostic } from '@benchbook/language-service';
import type { Connection } from 'vscode-languageserver';
import { toLspDiagnostic } from './convert/diagnostic.ts';
import type { Documents } from './documents.ts';
import type { Root } from './folders/root.ts';

/** More findings in one file are no help, and slow clients down. */
const MAX_PER_FILE = 1_000;

export interface Publisher {
  publish(root: Root, files: ReadonlyMap<string, readonly EditorDiagnostic[]>): void;
  /** Takes back everything told of a root's files. */
  clear(root: Root): void;
}

/** Pushes diagnostics. `isNearest`: the root answers for the file, no other inside it does. */
export function createPublisher(
  connection: Connection,
  documents: Documents,
  isNearest: (root: Root, uri: string) => boolean,
): Publisher {
  /** What is to be told of each file, by URI; an older answer that comes late is dropped. */
  const latest = new Map<Root, Map<string, readonly EditorDiagnostic[]>>();

  async function publishFile(root: Root, path: string, found: readonly EditorDiagnostic[]): Promise<void> {
    const uri = root.uriOf(path);
    if (!isNearest(root, uri)) return;
    const told = latest.get(root) ?? new Map<string, readonly EditorDiagnostic[]>();
    latest.set(root, told);
    if (found.length === 0 && !told.has(path)) return;
    told.set(path, found);
    const open = documents.get(uri);
    const document = open ?? (found.length > 0 ? await root.document(path) : null);
    if (told.get(path) !== found || latest.get(root) !== told) return;
    if (found.length === 0) told.delete(path);
    const diagnostics = document
      ? found.slice(0, MAX_PER_FILE).map((each) => toLspDiagnostic(each, document))
      : [];
    await connection.sendDiagnostics({ uri, diagnostics, ...(open && { version: open.version }) });
  }

  return {
    publish(root, files) {
      for (const [path, found] of files) {
        publishFile(root, path, found).catch((error: unknown) => {
          connection.console.error(`diagnostics of ${path}: ${String(error)}`);
        });
      }
    },
    clear(root) {
      for (const path of latest.get(root)?.keys() ?? []) {
        void connection.sendDiagnostics({ uri: root.uriOf(path), diagnostics: [] });
      }
      latest.delete(root);
    },
  };
}
