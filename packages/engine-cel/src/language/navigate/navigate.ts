import type { DocumentHighlight, Location } from '@benchbook/model';
import type { LanguageWorkspace } from '../workspace.ts';
import { occurrencesOf } from './occurrences.ts';
import { targetAt } from './target.ts';

/** Where what stands at an offset is declared. */
export function definition(workspace: LanguageWorkspace, path: string, offset: number): readonly Location[] {
  const document = workspace.document(path);
  const target = document && targetAt(workspace, document, offset);
  if (!document || !target || target.kind === 'fact' || target.kind === 'function') return [];
  return occurrencesOf(workspace, target, document)
    .filter(({ isDeclaration }) => isDeclaration)
    .map(location);
}

export function references(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  includeDefinition: boolean,
): readonly Location[] {
  const document = workspace.document(path);
  const target = document && targetAt(workspace, document, offset);
  if (!document || !target || target.kind === 'function') return [];
  return occurrencesOf(workspace, target, document)
    .filter(({ isDeclaration }) => includeDefinition || !isDeclaration)
    .map(location);
}

export function highlights(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
): readonly DocumentHighlight[] {
  const document = workspace.document(path);
  const target = document && targetAt(workspace, document, offset);
  if (!document || !target) return [];
  return occurrencesOf(workspace, target, document)
    .filter(({ file, range }) => file === path && range.end > range.start)
    .map(({ range, isDeclaration }) => ({
      range,
      kind: target.kind === 'function' ? 'text' : isDeclaration ? 'write' : 'read',
    }));
}

function location({ file, range }: Location): Location {
  return { file, range };
}
