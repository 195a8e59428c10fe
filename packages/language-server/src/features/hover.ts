import type { Hover, HoverParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { markup } from '../convert/markup.ts';
import { rangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

export async function hover(
  { root, path, document }: Target,
  { position }: HoverParams,
  { client }: ServerContext,
): Promise<Hover | null> {
  const found = await root.service.hover(path, document.offsetAt(position));
  const contents = found && markup(found.contents, client.markdownHover);
  return contents ? { contents, range: rangeOf(document, found.range) } : null;
}
