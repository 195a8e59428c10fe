import type { FoldingRange, TextRange } from '@benchbook/model';
import { trimEnd } from '../../policy/scalar.ts';
import { everyNode } from '../../syntax/loose/node.ts';
import type { CelDocument } from '../document/document.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import type { YamlNode } from '../yaml/node.ts';

const MOST = 20_000;

/** Parts of a file that span lines. */
export function folding(workspace: LanguageWorkspace, path: string): readonly FoldingRange[] {
  const document = workspace.document(path);
  if (!document) return [];
  const found: FoldingRange[] = [...comments(document)];
  if (document.kind === 'expression') found.push(...brackets(document));
  else yaml(document, document.root, found);
  const lines = found.filter(({ range }) => document.text.slice(range.start, range.end).includes('\n'));
  return lines.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end).slice(0, MOST);
}

function yaml(document: CelDocument, root: YamlNode, found: FoldingRange[]): void {
  const pending: YamlNode[] = [root];
  const add = ({ start, end }: TextRange, kind: FoldingRange['kind']): void => {
    found.push({ range: { start, end: trimEnd(document.text, start, end) }, kind });
  };
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'map') {
      for (const entry of node.entries) {
        add(entry, entry.key === 'imports' ? 'imports' : 'code');
        pending.push(entry.value);
      }
    } else if (node.kind === 'sequence') {
      for (const item of node.items) {
        add(item, 'code');
        pending.push(item.value);
      }
    }
  }
}

function brackets(document: CelDocument): FoldingRange[] {
  const [site] = document.sites;
  if (!site) return [];
  return [...everyNode(site.tree.root)]
    .filter(({ kind }) => kind === 'list' || kind === 'map' || kind === 'paren' || kind === 'call')
    .map((node) => ({
      range: { start: node.kind === 'call' ? node.open - 1 : node.start, end: node.end },
      kind: 'code' as const,
    }));
}

/** Comment lines that follow each other. */
function comments({ text, kind }: CelDocument): FoldingRange[] {
  const found: FoldingRange[] = [];
  const pattern =
    kind === 'expression' ? /^[ \t]*\/\/.*(?:\n[ \t]*\/\/.*)+/gm : /^[ \t]*#.*(?:\n[ \t]*#.*)+/gm;
  for (const match of text.matchAll(pattern)) {
    const start = match.index + match[0].length - match[0].trimStart().length;
    found.push({ range: { start, end: match.index + match[0].trimEnd().length }, kind: 'comment' });
  }
  return found;
}
