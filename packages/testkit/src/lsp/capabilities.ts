import type { ClientCapabilities } from 'vscode-languageserver-protocol/node';

const formats: ('markdown' | 'plaintext')[] = ['markdown', 'plaintext'];

/** What VS Code can, as far as servers ask. */
export const EVERYTHING: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create', 'rename', 'delete'],
      snippetEditSupport: true,
    },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    completion: {
      dynamicRegistration: true,
      completionItem: { snippetSupport: true, documentationFormat: formats },
    },
    formatting: { dynamicRegistration: true },
    rename: { dynamicRegistration: true, prepareSupport: true },
    hover: { contentFormat: formats },
    signatureHelp: { signatureInformation: { documentationFormat: formats } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor'] } },
    },
    publishDiagnostics: { versionSupport: true, tagSupport: { valueSet: [1, 2] } },
  },
};
