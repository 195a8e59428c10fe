import type { TextRange } from '@benchbook/model';
import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** A range as LSP counts, clamped to the text. */
export function rangeOf(document: TextDocument, { start, end }: TextRange): Range {
  return { start: document.positionAt(start), end: document.positionAt(Math.max(start, end)) };
}

/** A range as offsets. */
export function textRangeOf(document: TextDocument, { start, end }: Range): TextRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** The first line without its line break: where the whole file is meant. */
export function firstLine(document: TextDocument): Range {
  const text = document.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } });
  return {
    start: { line: 0, character: 0 },
    end: { line: 0, character: text.replace(/[\r\n]+$/, '').length },
  };
}
