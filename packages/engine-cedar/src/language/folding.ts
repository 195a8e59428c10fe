import type { FoldingRange, TextRange } from '@benchbook/model';
import { inFile } from './place.ts';
import { type EditorToken, editorTokens } from './syntax/lexer.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** Policies, brackets and comments that span lines. */
export function folding(workspace: LanguageWorkspace, path: string): readonly FoldingRange[] {
  const pieces = workspace.policies(path);
  const found: FoldingRange[] = [];
  if (pieces) {
    for (const [index, piece] of pieces.pieces.entries()) {
      const at = { start: pieces.starts[index]! };
      const { policy, text, tokens } = piece;
      if (policy) add(found, text, policy.range, 'code', at);
      for (const clause of policy?.clauses ?? [])
        if (clause.inner.end > clause.inner.start)
          add(found, text, { start: clause.inner.start - 1, end: clause.inner.end + 1 }, 'code', at);
      for (const range of commentBlocks(text, tokens)) add(found, text, range, 'comment', at);
    }
    return found.sort(byPlace);
  }
  const file = workspace.file(path);
  if (file?.role !== 'schema' || path.endsWith('.json')) return found;
  const tokens = editorTokens(file.text);
  const open: number[] = [];
  for (const { kind, start, end } of tokens) {
    if (kind !== 'symbol') continue;
    const symbol = file.text[start]!;
    if (symbol === '{' || symbol === '[') open.push(start);
    else if (symbol === '}' || symbol === ']') {
      const from = open.pop();
      if (from !== undefined) add(found, file.text, { start: from, end }, 'code', { start: 0 });
    }
  }
  for (const range of commentBlocks(file.text, tokens)) add(found, file.text, range, 'comment', { start: 0 });
  return found.sort(byPlace);
}

function add(
  found: FoldingRange[],
  text: string,
  range: TextRange,
  kind: FoldingRange['kind'],
  at: { readonly start: number },
): void {
  const { start, end } = range;
  if (text.slice(start, Math.min(end, text.length)).includes('\n'))
    found.push({ range: inFile(at, { start, end: Math.min(end, text.length) }), kind });
}

function byPlace(a: FoldingRange, b: FoldingRange): number {
  return a.range.start - b.range.start || b.range.end - a.range.end;
}

/** Comment lines directly below each other. */
function commentBlocks(text: string, tokens: readonly EditorToken[]): TextRange[] {
  const blocks: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | null = null;
  for (const { kind, start, end } of tokens) {
    if (kind !== 'comment') {
      last = null;
      continue;
    }
    if (last && !/\n\s*\n/.test(text.slice(last.end, start))) last.end = end;
    else {
      last = { start, end };
      blocks.push(last);
    }
  }
  return blocks;
}
