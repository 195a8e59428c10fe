import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { BASE_SCHEME, readBaseParts } from './base-uri.ts';

/** Documents of scheme `benchbook-base`: a policy file in the last commit. Throws, for the editor to show, where there is none. */
export function baseDocuments(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(BASE_SCHEME, {
    async provideTextDocumentContent(uri, token) {
      const result = await server.ask.baseText(readBaseParts(uri), token);
      if ('refused' in result) throw new Error(result.refused);
      return result.text;
    },
  });
}
