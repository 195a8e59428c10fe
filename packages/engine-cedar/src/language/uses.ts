import type { TextRange, Use } from '@benchbook/model';
import { uidKey } from '../policies/uid.ts';
import { pathText } from './knowledge/catalog.ts';
import { toolNamer } from './knowledge/tool-names.ts';
import { isActionType, PolicyView } from './knowledge/view.ts';
import type { Piece } from './syntax/pieces.ts';
import { type Expr, expressionsOf, type PolicyNode } from './syntax/tree.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** Where the policies of a file name tools and read facts. Nothing for a file with a gap in it. */
export function uses(workspace: LanguageWorkspace, path: string): readonly Use[] {
  const pieces = workspace.policies(path);
  if (!pieces || pieces.pieces.some(({ policy }) => policy && !policy.isComplete)) return [];
  const groups = groupKeys(workspace);
  return pieces.pieces.flatMap((piece, index) => {
    const start = pieces.starts[index]!;
    return pieceUses(workspace, piece, groups).map((use) => ({
      ...use,
      range: { start: use.range.start + start, end: use.range.end + start },
    }));
  });
}

/** Keys of what some action is in, by schema or entities. */
function groupKeys(workspace: LanguageWorkspace): ReadonlySet<string> {
  const groups = new Set(workspace.catalog.groups);
  for (const action of workspace.catalog.actions.values())
    if (!action.declaration.appliesTo) groups.add(uidKey(action.uid));
  for (const file of workspace.ofRole('entities'))
    for (const { uid, defines } of workspace.mentions(file).entities)
      if (!defines && isActionType(uid.type)) groups.add(uidKey(uid));
  return groups;
}

function pieceUses(workspace: LanguageWorkspace, { policy }: Piece, groups: ReadonlySet<string>): Use[] {
  if (!policy) return [];
  const found: Use[] = [];
  const { mapping } = workspace;
  const nameOf = toolNamer(mapping);
  const view = new PolicyView(workspace, policy);
  const tested = testedPaths(view, policy);
  const fact = (path: readonly string[], pointer: string | null, range: TextRange, guarded: boolean) => {
    if (pointer === null || pointer === '') return;
    const isGuarded = guarded || path.some((_, index) => tested.has(path.slice(0, index + 1).join('\0')));
    found.push({ kind: 'fact', range, pointer, tools: view.tools, guarded: isGuarded });
  };
  for (const expr of expressionsOf(policy)) {
    if (expr.kind === 'entity' && expr.id && isActionType(pathText(expr.path))) {
      const uid = { type: pathText(expr.path), id: expr.id.value };
      const name = nameOf(uid.id);
      if (name !== null && !groups.has(uidKey(uid)) && !mapping.actionGroups.includes(uid.id))
        found.push({ kind: 'tool', range: expr.id.inner, name });
    } else if (expr.kind === 'member' && expr.name) {
      const path = view.pathOf(expr);
      if (path) fact(path, view.pointerOf(expr), expr.name.range, false);
    } else if (expr.kind === 'has') {
      const base = view.pathOf(expr.target);
      if (!base) continue;
      let target: Expr = expr.target;
      for (const name of expr.attributes) {
        target = { kind: 'member', target, name, dot: 0, indexed: false, range: name.range };
        fact(view.pathOf(target) ?? base, view.pointerOf(target), name.range, true);
      }
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** Paths from the context that some `has` of the policy asks for. */
function testedPaths(view: PolicyView, policy: PolicyNode): ReadonlySet<string> {
  const tested = new Set<string>();
  for (const expr of expressionsOf(policy)) {
    if (expr.kind !== 'has') continue;
    const base = view.pathOf(expr.target);
    if (!base) continue;
    const names = expr.attributes.map(({ text }) => text);
    for (let length = 1; length <= names.length; length++)
      tested.add([...base, ...names.slice(0, length)].join('\0'));
  }
  return tested;
}
