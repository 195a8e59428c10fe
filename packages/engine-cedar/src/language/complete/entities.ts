import type { CompletionItem, TextRange, ToolKnowledge } from '@benchbook/model';
import { cedarString } from '../cedar-text.ts';
import { isActionType } from '../knowledge/view.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import type { Spot } from './complete.ts';
import { actionDocs, actionUids, item } from './items.ts';

const MOST = 200;

/** Ids of entities of a type that the workspace names. */
function knownIds(workspace: LanguageWorkspace, type: string): readonly string[] {
  const ids = new Set<string>();
  for (const { text } of workspace.catalog.entityTypes.get(type)?.declaration.ids ?? []) ids.add(text);
  const { principal } = workspace.mapping;
  const probe = principal.resolve({ agent: { id: 'a' }, tool: {}, args: null, session: {} });
  const mapped = workspace.catalog.resolve(probe.type, '')?.name ?? probe.type;
  if (mapped === type && probe.id === 'a') for (const { id } of workspace.agents) ids.add(id);
  for (const file of workspace.ofRole('entities'))
    for (const { uid, defines } of workspace.mentions(file).entities)
      if (defines && uid.type === type && ids.size < MOST) ids.add(uid.id);
  return [...ids].slice(0, MOST);
}

/** Behind `Type::`: its ids in quotes; parts of a name with a namespace. */
export function entityIdItems(spot: Spot): CompletionItem[] {
  const { workspace, known, range, around, policy, before } = spot;
  const at = before?.end ?? 0;
  const within = (path: { readonly range: TextRange } | null | undefined) =>
    path && path.range.start <= at && at <= path.range.end;
  const entity = around.findLast((expr) => expr.kind === 'entity' || expr.kind === 'is');
  const path =
    entity?.kind === 'entity'
      ? entity.path
      : entity?.kind === 'is'
        ? entity.type
        : policy?.scope.find(({ type }) => within(type))?.type;
  if (!path) return [];
  const typed = path.parts
    .filter((part) => part.range.end <= at)
    .map(({ text }) => text)
    .join('::');
  const isType = entity?.kind !== 'entity' && !!path;
  return [
    ...(isType ? [] : idItems(workspace, known, typed, range, (id) => cedarString(id))),
    ...[...workspace.catalog.entityTypes.keys()]
      .filter((name) => name.startsWith(`${typed}::`))
      .map((name) => item('type', name.slice(typed.length + 2), range, 'entity type', { rank: 20 })),
  ];
}

/** Ids of one type, written as `write` does. */
export function idItems(
  workspace: LanguageWorkspace,
  known: ToolKnowledge,
  type: string,
  range: TextRange,
  write: (id: string) => string,
): CompletionItem[] {
  if (isActionType(type))
    return actionUids(workspace, known)
      .filter((uid) => uid.type === type)
      .map((uid) => {
        const { detail, documentation } = actionDocs(workspace, known, uid);
        return item('action', write(uid.id), range, detail, { documentation, rank: 10 });
      });
  return knownIds(workspace, type).map((id) => item('constant', write(id), range, type, { rank: 10 }));
}
