import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { markup } from '../convert/markup.ts';
import { textRangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

export async function inlayHints(
  { root, path, document }: Target,
  { range }: InlayHintParams,
  { settings, client }: ServerContext,
): Promise<InlayHint[]> {
  const withConditions = settings().preview?.conditions !== false;
  const hints = await root.service.inlayHints(path, textRangeOf(document, range));
  return hints
    .filter(({ kind }) => withConditions || kind !== 'condition')
    .map(({ offset, label, tooltip }) => {
      const content = markup(tooltip, client.markdownHover);
      return {
        position: document.positionAt(offset),
        label,
        paddingLeft: true,
        ...(content && { tooltip: content }),
      };
    });
}
