import type { CelDocument } from '../document/document.ts';
import { findVariable } from '../document/policy.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { findName, namePlaces, partsIn } from './names.ts';
import { isSame, type Occurrence, type Target, targetsIn } from './target.ts';

/** All places of a target, its declaration among them, by file and place. Facts and functions: in `here` alone. */
export function occurrencesOf(workspace: LanguageWorkspace, target: Target, here: CelDocument): Occurrence[] {
  const found = find(workspace, target, here);
  const order = (a: Occurrence, b: Occurrence) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.range.start - b.range.start;
  return found.sort(order);
}

function find(workspace: LanguageWorkspace, target: Target, here: CelDocument): Occurrence[] {
  switch (target.kind) {
    case 'id':
      return idOccurrences(workspace, target);
    case 'file':
      return [
        { file: target.document.path, range: { start: 0, end: 0 }, isDeclaration: true },
        ...outside(workspace, target.document).flatMap((document) =>
          namePlaces(document)
            .filter(({ text }) => text === target.text)
            .map(({ start, end }) => ({ file: document.path, range: { start, end }, isDeclaration: false })),
        ),
      ];
    case 'variable':
    case 'local':
      return inDocument(workspace, target, target.document);
    case 'fact':
    case 'function':
      return inDocument(workspace, target, here);
  }
}

function inDocument(workspace: LanguageWorkspace, target: Target, document: CelDocument): Occurrence[] {
  const found: Occurrence[] = [];
  const declaration = target.kind === 'local' ? target.local.declaration.start : null;
  if (target.kind === 'variable' && target.variable.name) {
    const { start, end } = target.variable.name;
    found.push({ file: document.path, range: { start, end }, isDeclaration: true });
  }
  const sites = target.kind === 'local' ? [target.site] : document.sites;
  for (const site of sites) {
    if (
      target.kind === 'variable' &&
      findVariable(site, target.variable.name?.text ?? '') !== target.variable
    )
      continue;
    for (const other of targetsIn(workspace, document, site)) {
      if (!isSame(target, other)) continue;
      const isDeclaration =
        declaration !== null &&
        other.range.start === site.toFile({ start: declaration, end: declaration }).start;
      found.push({ file: document.path, range: other.range, isDeclaration });
    }
  }
  return found;
}

function idOccurrences(
  workspace: LanguageWorkspace,
  { document, id }: Target & { kind: 'id' },
): Occurrence[] {
  const found: Occurrence[] = [
    { file: document.path, range: { start: id.start, end: id.end }, isDeclaration: true },
  ];
  for (const other of outside(workspace, document)) {
    for (const written of namePlaces(other)) {
      const named = findName(document, written.text, other.kind === 'tests');
      for (const part of named ? partsIn(named, written) : []) {
        if (part.id !== id) continue;
        found.push({ file: other.path, range: { start: part.start, end: part.end }, isDeclaration: false });
      }
    }
  }
  return found;
}

/** Files that repeat names of a policy. */
function outside(workspace: LanguageWorkspace, policy: CelDocument): CelDocument[] {
  const sidecar = workspace.sidecar(policy);
  return [...(sidecar ? [sidecar] : []), ...workspace.suites(policy)];
}
