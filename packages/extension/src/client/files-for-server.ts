/** Answers the server's wishes for files of folders that only the editor can read. */
import type { ListFilesParams, ReadFileParams } from '@benchbook/protocol';
import * as vscode from 'vscode';
import { base64 } from './base64.ts';
import { isPathBelow, MAX_FILE_BYTES, WALK_BOUNDS, walk } from './walk.ts';

/** Handlers of `METHODS.listFiles` and `METHODS.readFile`. They reject with a message for the log. */
export interface FileAnswers {
  list(params: ListFilesParams): Promise<readonly string[]>;
  read(params: ReadFileParams): Promise<string>;
}

export function filesForServer(): FileAnswers {
  const told = new Set<string>();
  return {
    async list({ folder }) {
      const root = openFolder(folder);
      const { paths, cut } = await walk(async (path) => {
        const entries = await vscode.workspace.fs.readDirectory(below(root, path));
        // Links are left out: they may lead out of the folder, or round in circles.
        return entries
          .filter(([, type]) => type === vscode.FileType.File || type === vscode.FileType.Directory)
          .map(([name, type]) => ({ name, kind: type === vscode.FileType.File ? 'file' : 'folder' }));
      });
      if (cut && !told.has(folder)) {
        told.add(folder);
        void vscode.window.showWarningMessage(
          `Benchbook reads the first ${WALK_BOUNDS.files.toLocaleString('en-US')} files of this folder; others are left out.`,
        );
      }
      return paths;
    },
    async read({ folder, path }) {
      const root = openFolder(folder);
      if (!isPathBelow(path)) throw new Error(`${path} is not a path in the folder`);
      const uri = below(root, path);
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > MAX_FILE_BYTES) throw new Error(`${path} is too large (${size} bytes)`);
      return base64(await vscode.workspace.fs.readFile(uri));
    },
  };
}

/** Only folders that are open are read, whatever the server asks. */
function openFolder(folder: string): vscode.Uri {
  const wanted = vscode.Uri.parse(folder).toString();
  const found = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.toString() === wanted);
  if (!found) throw new Error(`${folder} is not an open folder`);
  return found.uri;
}

function below(root: vscode.Uri, path: string): vscode.Uri {
  return path === '' ? root : vscode.Uri.joinPath(root, ...path.split('/'));
}
