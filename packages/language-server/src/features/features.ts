import type { Connection } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { answerFor } from './answer.ts';
import { codeActions } from './code-actions.ts';
import { codeLenses } from './code-lenses.ts';
import { completion } from './completion.ts';
import { formatting } from './formatting.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { definition, highlights, references } from './navigation.ts';
import { prepareRename, rename } from './rename.ts';
import { signature } from './signature.ts';
import { folding, selections } from './structure.ts';
import { documentSymbols, workspaceSymbols } from './symbols.ts';
import { tokens, tokensInRange } from './tokens.ts';

/** Every verb of LSP that the server knows; each stands in a file of its own. */
export function handleFeatures(connection: Connection, context: () => ServerContext): void {
  connection.onCompletion(answerFor(context, null, completion));
  connection.onHover(answerFor(context, null, hover));
  connection.onDefinition(answerFor(context, [], definition));
  connection.onReferences(answerFor(context, [], references));
  connection.onDocumentHighlight(answerFor(context, [], highlights));
  connection.onPrepareRename(answerFor(context, null, prepareRename));
  connection.onRenameRequest(answerFor(context, null, rename));
  connection.onDocumentSymbol(answerFor(context, [], documentSymbols));
  connection.onWorkspaceSymbol((params) => workspaceSymbols(params, context()));
  connection.onFoldingRanges(answerFor(context, [], folding));
  connection.onSelectionRanges(answerFor(context, [], selections));
  connection.languages.semanticTokens.on(answerFor(context, { data: [] }, tokens));
  connection.languages.semanticTokens.onRange(answerFor(context, { data: [] }, tokensInRange));
  connection.onSignatureHelp(answerFor(context, null, signature));
  connection.onDocumentFormatting(answerFor(context, null, formatting));
  connection.onCodeAction(answerFor(context, [], codeActions));
  connection.onCodeLens(answerFor(context, [], codeLenses));
  connection.languages.inlayHint.on(answerFor(context, [], inlayHints));
}
