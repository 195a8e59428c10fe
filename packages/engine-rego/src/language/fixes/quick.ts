import type { CodeFix, Diagnostic, TextEdit, TextRange } from '@benchbook/model';

/** What stands in quotes stays so. */
export function spelt(text: string, { start }: TextRange, name: string): string {
  return text[start] === '"' || text[start] === '`' ? JSON.stringify(name) : name;
}

export function quickFix(
  title: string,
  file: string,
  edits: readonly TextEdit[],
  diagnostic: Diagnostic,
  isPreferred = false,
): CodeFix {
  return {
    title,
    kind: 'quickfix',
    edits: [{ file, edits }],
    diagnostic,
    ...(isPreferred && { isPreferred }),
  };
}
