import type {
  PrepareRenameParams,
  PrepareRenameResult,
  RenameParams,
  ResponseError,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { toWorkspaceEdit } from '../convert/edits.ts';
import { rangeOf } from '../convert/range.ts';
import { languageOf } from '../languages.ts';
import { isLeftToOthers } from '../settings.ts';
import { isRefusal, refused, type Target } from './answer.ts';

export async function prepareRename(
  { root, path, document }: Target,
  { position }: PrepareRenameParams,
  context: ServerContext,
): Promise<PrepareRenameResult | ResponseError<void> | null> {
  if (isLeft(path, context)) return null;
  const found = await root.service.prepareRename(path, document.offsetAt(position));
  if (found === null) return null;
  return isRefusal(found)
    ? refused(found)
    : { range: rangeOf(document, found.range), placeholder: found.name };
}

export async function rename(
  { root, path, document }: Target,
  { position, newName }: RenameParams,
  context: ServerContext,
): Promise<WorkspaceEdit | ResponseError<void> | null> {
  if (isLeft(path, context)) return null;
  const found = await root.service.rename(path, document.offsetAt(position), newName);
  return isRefusal(found) ? refused(found) : toWorkspaceEdit(root, context.client, found);
}

function isLeft(path: string, { settings, platform }: ServerContext): boolean {
  const language = languageOf(
    path,
    platform.engines.map(({ manifest }) => manifest),
  );
  return isLeftToOthers(settings(), language, 'rename');
}
