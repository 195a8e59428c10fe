import type { InitializationOptions } from '@benchbook/protocol';
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';

/** What the client can do, as far as answers depend on it. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly watchFiles: boolean;
  readonly registerCompletion: boolean;
  readonly registerFormatting: boolean;
  readonly registerRename: boolean;
  readonly snippets: boolean;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  readonly markdownSignature: boolean;
  readonly nestedSymbols: boolean;
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  readonly snippetEdits: boolean;
  readonly refreshHints: boolean;
  readonly refreshLenses: boolean;
  readonly codeActionLiterals: boolean;
}

export function abilitiesOf({ workspace, textDocument }: ClientCapabilities): ClientAbilities {
  const item = textDocument?.completion?.completionItem;
  return {
    configuration: workspace?.configuration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registerCompletion: textDocument?.completion?.dynamicRegistration === true,
    registerFormatting: textDocument?.formatting?.dynamicRegistration === true,
    registerRename: textDocument?.rename?.dynamicRegistration === true,
    snippets: item?.snippetSupport === true,
    markdownHover: includesMarkdown(textDocument?.hover?.contentFormat),
    markdownCompletion: includesMarkdown(item?.documentationFormat),
    markdownSignature: includesMarkdown(
      textDocument?.signatureHelp?.signatureInformation?.documentationFormat,
    ),
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    refreshHints: workspace?.inlayHint?.refreshSupport === true,
    refreshLenses: workspace?.codeLens?.refreshSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
  };
}

function includesMarkdown(formats: readonly string[] | undefined): boolean {
  return formats?.includes('markdown') === true;
}

/** `initializationOptions` as far as they have the right types; anything else counts as absent. */
export function readOptions(given: unknown): InitializationOptions {
  if (typeof given !== 'object' || given === null) return {};
  const options = given as Record<keyof InitializationOptions, unknown>;
  return {
    ...(typeof options.trusted === 'boolean' && { trusted: options.trusted }),
    ...(typeof options.filesFromClient === 'boolean' && { filesFromClient: options.filesFromClient }),
    ...(typeof options.assets === 'string' && { assets: options.assets }),
    ...(typeof options.worker === 'string' && { worker: options.worker }),
    ...(typeof options.plainClient === 'boolean' && { plainClient: options.plainClient }),
  };
}

/** URIs of the workspace folders; older clients give one root alone. */
export function foldersOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ uri }) => uri);
  return params.rootUri ? [params.rootUri] : [];
}
