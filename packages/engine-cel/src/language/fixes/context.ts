import type { CodeFix, Diagnostic, TextEdit, TextRange, ToolKnowledge } from '@benchbook/model';
import type { CelDocument } from '../document/document.ts';
import type { LanguageWorkspace } from '../workspace.ts';

/** What fixes are asked for. */
export interface FixContext {
  readonly workspace: LanguageWorkspace;
  readonly document: CelDocument;
  readonly range: TextRange;
  /** Those of the file that touch the range. */
  readonly diagnostics: readonly Diagnostic[];
  readonly known: ToolKnowledge;
}

export function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** A fix of one edit in the file that was asked about. */
export function fixOf(
  { document }: FixContext,
  title: string,
  edit: TextEdit,
  more: Partial<CodeFix> & Pick<CodeFix, 'kind'>,
): CodeFix {
  return { title, edits: [{ file: document.path, edits: [edit] }], ...more };
}
