import type { Refusal } from '@benchbook/model';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerContext } from '../context.ts';
import type { Root } from '../folders/root.ts';

/** A document and the workspace that answers for it. */
export interface Target {
  readonly root: Root;
  readonly path: string;
  readonly document: TextDocument;
}

/**
 * Makes a handler for a verb about one document. `none` is answered where no workspace holds it. An answer that was
 * cancelled, or whose document has changed meanwhile, becomes an error that clients drop quietly.
 */
export function answerFor<Params extends { readonly textDocument: { readonly uri: string } }, Result>(
  context: () => ServerContext,
  none: Result,
  answer: (target: Target, params: Params, context: ServerContext) => Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError<void>> {
  return async (params, token) => {
    const server = context();
    const found = await server.folders.find(params.textDocument.uri);
    const document = found && (await found.root.document(found.path));
    if (!found || !document) return none;
    const { version } = document;
    if (token.isCancellationRequested) return cancelled();
    const result = await answer({ ...found, document }, params, server);
    if (token.isCancellationRequested) return cancelled();
    return document.version === version ? result : contentModified();
  };
}

export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

function contentModified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the document has changed meanwhile');
}

/** What clients show to the user as it is. */
export function refused({ refused: why }: Refusal): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, why);
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}
