import type { TextRange } from '@benchbook/model';
import { trimEnd } from '../../policy/scalar.ts';
import { pathAt } from '../../syntax/loose/node.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { yamlPathAt } from '../yaml/node.ts';

/** Ever larger ranges around an offset: parts of the expression, then of the YAML, then the file. */
export function selections(workspace: LanguageWorkspace, path: string, offset: number): readonly TextRange[] {
  const document = workspace.document(path);
  if (!document) return [];
  const { text } = document;
  const ranges: TextRange[] = [];
  const found = document.siteAt(offset);
  if (found) {
    const { site, at } = found;
    const token = site.tree.tokens.findLast(({ start, end }) => start <= at && at <= end);
    if (token?.content && token.content.start <= at && at <= token.content.end)
      ranges.push(site.toFile(token.content));
    if (token) ranges.push(site.toFile(token));
    for (const node of [...pathAt(site.tree.root, at)].reverse()) {
      if (node.kind === 'missing') continue;
      if (node.kind === 'call' && node.open <= at && at <= node.close) {
        ranges.push(site.toFile({ start: node.open, end: node.close }));
      }
      ranges.push(site.toFile(node));
    }
    ranges.push(site.toFile({ start: 0, end: site.text.trimEnd().length }));
  }
  for (const step of [...yamlPathAt(document.root, offset)].reverse()) {
    if ('keyRange' in step && step.keyRange.start <= offset && offset <= step.keyRange.end)
      ranges.push(step.keyRange);
    ranges.push({ start: step.start, end: trimEnd(text, step.start, step.end) });
  }
  ranges.push({ start: 0, end: text.length });
  return growing(ranges, offset);
}

/** Drops what does not hold the offset or is no larger than what stands before it. */
function growing(ranges: readonly TextRange[], offset: number): TextRange[] {
  const kept: TextRange[] = [];
  for (const { start, end } of ranges) {
    const last = kept.at(-1);
    if (start > offset || end < offset) continue;
    const isLarger = !last || (start <= last.start && end >= last.end && end - start > last.end - last.start);
    if (isLarger) kept.push({ start, end });
  }
  return kept;
}
