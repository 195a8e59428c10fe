import type { DocumentFormattingParams, TextEdit } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { toLspEdits } from '../convert/edits.ts';
import { languageOf } from '../languages.ts';
import { isLeftToOthers } from '../settings.ts';
import type { Target } from './answer.ts';

export async function formatting(
  { root, path, document }: Target,
  _params: DocumentFormattingParams,
  { settings, platform }: ServerContext,
): Promise<TextEdit[] | null> {
  const manifests = platform.engines.map(({ manifest }) => manifest);
  if (isLeftToOthers(settings(), languageOf(path, manifests), 'formatting')) return null;
  const edits = await root.service.format(path);
  return edits && toLspEdits(document, edits);
}
