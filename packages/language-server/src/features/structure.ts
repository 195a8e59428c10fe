import type { FoldingRange as ModelFold, TextRange } from '@benchbook/model';
import type {
  FoldingRange,
  FoldingRangeParams,
  SelectionRange,
  SelectionRangeParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { FOLDING_KINDS } from '../convert/kinds.ts';
import { rangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

export async function folding(
  { root, path, document }: Target,
  _params: FoldingRangeParams,
): Promise<FoldingRange[]> {
  return (await root.service.folding(path)).flatMap((fold) => toFold(document, fold));
}

/** Whole lines; a last line that holds nothing but closing brackets stays in sight. */
function toFold(document: TextDocument, { range, kind }: ModelFold): FoldingRange[] {
  const { start, end } = rangeOf(document, range);
  const last = document.getText({ start: { line: end.line, character: 0 }, end });
  const closes = kind === 'code' && /^\s*[\])}]*[;,]?$/.test(last);
  const endLine = closes ? end.line - 1 : end.line;
  const lspKind = FOLDING_KINDS[kind];
  return endLine > start.line ? [{ startLine: start.line, endLine, ...(lspKind && { kind: lspKind }) }] : [];
}

export async function selections(
  { root, path, document }: Target,
  { positions }: SelectionRangeParams,
): Promise<SelectionRange[]> {
  return Promise.all(
    positions.map(async (position) => {
      const offset = document.offsetAt(position);
      const ranges = await root.service.selections(path, offset);
      return nest(document, ranges) ?? { range: { start: position, end: position } };
    }),
  );
}

/** Each range inside the next; what does not lie inside its parent, or equals it, is dropped. */
function nest(document: TextDocument, ranges: readonly TextRange[]): SelectionRange | undefined {
  let outer: TextRange | undefined;
  let selection: SelectionRange | undefined;
  for (const range of [...ranges].reverse()) {
    const fits = !outer || (range.start >= outer.start && range.end <= outer.end);
    if (!fits || (outer && range.start === outer.start && range.end === outer.end)) continue;
    selection = { range: rangeOf(document, range), ...(selection && { parent: selection }) };
    outer = range;
  }
  return selection;
}
