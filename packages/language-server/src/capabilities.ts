import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientAbilities } from './client.ts';
import { LEGEND } from './features/tokens.ts';
import { COMPLETION_TRIGGERS } from './registration.ts';
import { PLAIN_COMMANDS } from './requests/commands.ts';

export function capabilitiesFor(client: ClientAbilities, isPlainClient: boolean): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: { legend: LEGEND, full: true, range: true },
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
    inlayHintProvider: true,
    codeLensProvider: {},
    ...(!client.registerCompletion && { completionProvider: { triggerCharacters: COMPLETION_TRIGGERS } }),
    ...(!client.registerFormatting && { documentFormattingProvider: true }),
    ...(!client.registerRename && { renameProvider: { prepareProvider: true } }),
    ...(isPlainClient && { executeCommandProvider: { commands: PLAIN_COMMANDS } }),
  };
}
