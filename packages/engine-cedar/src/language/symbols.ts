import type { DocumentSymbol } from '@benchbook/model';
import { inFile } from './place.ts';
import type { Declaration } from './schema/tree.ts';
import type { Piece } from './syntax/pieces.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** Policies of a policy file, declarations of a schema, entities of an entity file. */
export function symbols(workspace: LanguageWorkspace, path: string): readonly DocumentSymbol[] {
  const pieces = workspace.policies(path);
  if (!pieces) {
    const file = workspace.file(path);
    if (file?.role !== 'schema') return [];
    return (workspace.catalog.trees.get(path)?.declarations ?? []).flatMap(declared);
  }
  let ordinal = 0;
  return pieces.pieces.flatMap((piece, index) => {
    const found = policySymbol(piece, pieces.starts[index]!, ordinal);
    if (found) ordinal++;
    return found ?? [];
  });
}

function policySymbol(piece: Piece, start: number, ordinal: number): DocumentSymbol | null {
  const { policy } = piece;
  if (!policy?.effect && !policy?.annotations.length) return null;
  const at = { start };
  const value = (key: string) => policy.annotations.find((one) => one.key?.text === key)?.value;
  const id = value('id');
  const effect = policy.effect?.text ?? '';
  const isTemplate = policy.scope.some(({ target }) => target?.kind === 'slot');
  const what = value('effect')?.value === 'escalate' && effect === 'forbid' ? 'escalate' : effect;
  const range = inFile(at, policy.range);
  return {
    name: (id?.value || `policy${ordinal}`).slice(0, 200),
    detail: isTemplate ? `template, ${what}` : what,
    kind: 'policy',
    range,
    selection: inFile(at, id?.inner ?? policy.effect?.range ?? policy.range),
    children: [],
  };
}

function declared(declaration: Declaration): DocumentSymbol[] {
  const { kind, names, range, namespace } = declaration;
  return names
    .filter(({ text }) => text !== '')
    .map(({ text, range: selection }) => ({
      name: text.slice(0, 200),
      detail: `${kind === 'entity' ? 'entity type' : kind === 'type' ? 'common type' : 'action'}${namespace ? ` of ${namespace}` : ''}`,
      kind: kind === 'action' ? 'action' : 'type',
      range: { start: Math.min(range.start, selection.start), end: Math.max(range.end, selection.end) },
      selection,
      children: [],
    }));
}
