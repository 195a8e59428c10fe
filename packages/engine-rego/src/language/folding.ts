import type { FoldingRange, TextRange } from '@benchbook/model';
import type { RegoFile } from './index/file.ts';

/** Rules, brackets over several lines, runs of comment lines, and the imports. By place. */
export function folding(file: RegoFile): readonly FoldingRange[] {
  const out: FoldingRange[] = [];
  const add = (range: TextRange, kind: FoldingRange['kind']) => {
    if (/[\r\n]/.test(file.text.slice(range.start, range.end))) out.push({ range, kind });
  };
  const first = file.imports[0]?.statement.range;
  const last = file.imports.at(-1)?.statement.range;
  if (first && last) add({ start: first.start, end: last.end }, 'imports');
  for (const { statement } of file.rules) {
    add(statement.range, 'code');
    for (const [open, close] of statement.pairs) {
      if (open >= close) continue;
      const range = { start: statement.tokens[open]!.start, end: statement.tokens[close]!.end };
      // The brackets that end with the rule fold with it.
      if (close < statement.tokens.length - 1) add(range, 'code');
    }
  }
  for (const range of commentRuns(file)) add(range, 'comment');
  return out.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

function commentRuns({ tokens, text }: RegoFile): TextRange[] {
  const runs: { start: number; end: number }[] = [];
  for (const { kind, first, start, end } of tokens) {
    if (kind !== 'comment' || !first) continue;
    const run = runs.at(-1);
    if (run && /^(?:\r\n|\n|\r)[ \t]*$/.test(text.slice(run.end, start))) run.end = end;
    else runs.push({ start, end });
  }
  return runs;
}
