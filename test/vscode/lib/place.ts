/** Line and column, from 1, behind the first `text` in `whole`; throws where it is not. */
export function behind(whole: string, text: string): { readonly line: number; readonly column: number } {
  const at = whole.indexOf(text);
  if (at === -1) throw new Error(`${JSON.stringify(text)} is not in the file`);
  const before = whole.slice(0, at + text.length).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
