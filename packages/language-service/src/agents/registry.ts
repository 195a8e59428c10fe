import { readRegistry } from '@benchbook/governance';
import type { Diagnostic } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';

/** What is wrong with the cards of a workspace, read anew only where they changed. */
export function cardDiagnostics(): (workspace: Workspace) => readonly Diagnostic[] {
  let read: Pick<Workspace, 'agentFiles' | 'manifest'> | undefined;
  let diagnostics: readonly Diagnostic[] = [];
  return ({ agentFiles, manifest }) => {
    if (read?.agentFiles !== agentFiles || read.manifest !== manifest) {
      read = { agentFiles, manifest };
      diagnostics = readRegistry(read).diagnostics;
    }
    return diagnostics;
  };
}
