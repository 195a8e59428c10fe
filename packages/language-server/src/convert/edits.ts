import type { FileEdit, TextEdit as ModelEdit } from '@benchbook/model';
import {
  CreateFile,
  type SnippetTextEdit,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientAbilities } from '../client.ts';
import type { Root } from '../folders/root.ts';
import { rangeOf } from './range.ts';
import { escapeSnippet } from './snippet.ts';

export function toLspEdits(document: TextDocument, edits: readonly ModelEdit[]): TextEdit[] {
  return edits.map(({ range, newText }) => ({ range: rangeOf(document, range), newText }));
}

/**
 * Edits of several files, as well as the client can take them; null where it cannot create a file that is needed.
 * `cursor`: offset in the first file as it is afterwards; clients that take snippets put the cursor there.
 */
export async function toWorkspaceEdit(
  root: Root,
  client: ClientAbilities,
  files: readonly FileEdit[],
  cursor?: number,
): Promise<WorkspaceEdit | null> {
  const changes: { [uri: string]: TextEdit[] } = {};
  const documentChanges: (CreateFile | TextDocumentEdit)[] = [];
  for (const [index, { file, edits }] of files.entries()) {
    const document = await root.document(file);
    const uri = document?.uri ?? root.uriOf(file);
    if (!document) {
      if (!client.documentChanges || !client.createFiles) return null;
      documentChanges.push(CreateFile.create(uri, { ignoreIfExists: true }));
    }
    const texts = document ? toLspEdits(document, edits) : edits.map(atStart);
    changes[uri] = texts;
    const version = document && root.isOpen(file) ? document.version : null;
    const stop = index === 0 && client.snippetEdits ? stopIn(edits, cursor) : null;
    documentChanges.push(
      TextDocumentEdit.create(
        { uri, version },
        stop === null ? texts : texts.map((edit, at) => (at === stop.edit ? withStop(edit, stop.at) : edit)),
      ),
    );
  }
  return client.documentChanges ? { documentChanges } : { changes };
}

function atStart({ newText }: ModelEdit): TextEdit {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, newText };
}

/** Which edit's new text holds the cursor, and where in it; null where none does. */
function stopIn(
  edits: readonly ModelEdit[],
  cursor: number | undefined,
): { readonly edit: number; readonly at: number } | null {
  if (cursor === undefined) return null;
  let shift = 0;
  const inOrder = edits
    .map((edit, index) => ({ ...edit, index }))
    .sort((a, b) => a.range.start - b.range.start);
  for (const { range, newText, index } of inOrder) {
    const at = cursor - (range.start + shift);
    if (at >= 0 && at <= newText.length) return { edit: index, at };
    shift += newText.length - (range.end - range.start);
  }
  return null;
}

function withStop({ range, newText }: TextEdit, at: number): SnippetTextEdit {
  const value = `${escapeSnippet(newText.slice(0, at))}$0${escapeSnippet(newText.slice(at))}`;
  return { range, snippet: { kind: 'snippet', value } };
}
