import type { FileEdit, Refusal, TextEdit, TextRange } from '@benchbook/model';
import { cedarString, RESERVED } from '../cedar-text.ts';
import { inlineCode } from '../markdown.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { occurrenceAt } from './find.ts';
import { allOccurrences, type Occurrence } from './occurrences.ts';

const LONGEST = 200;

/** What would be renamed at a place. */
export function prepareRename(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
): { readonly range: TextRange; readonly name: string } | Refusal | null {
  const at = occurrenceAt(workspace, path, offset);
  if (!at) return null;
  if (at.kind === 'entity')
    return { refused: 'the id of an entity comes with the calls: renaming it here would part it from them' };
  return { range: at.range, name: at.name };
}

/** Renames a type, an action or a policy wherever the workspace names it. */
export function rename(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  newName: string,
): readonly FileEdit[] | Refusal {
  const at = occurrenceAt(workspace, path, offset);
  const prepared = prepareRename(workspace, path, offset);
  if (!at || prepared === null) return { refused: 'nothing that can be renamed stands here' };
  if ('refused' in prepared) return prepared;
  if (newName === at.name) return [];
  const problem = problemOf(workspace, at, newName);
  if (problem) return { refused: problem };
  const byFile = new Map<string, TextEdit[]>();
  for (const one of allOccurrences(workspace, at)) {
    const edits = byFile.get(one.file) ?? [];
    edits.push(editOf(workspace, one, newName));
    byFile.set(one.file, edits);
  }
  return [...byFile].map(([file, edits]) => ({ file, edits }));
}

function problemOf(workspace: LanguageWorkspace, at: Occurrence, newName: string): string | null {
  if (
    newName.trim() === '' ||
    newName.length > LONGEST ||
    /[\p{Cc}\p{Zl}\p{Zp}]/u.test(newName) ||
    !newName.isWellFormed()
  )
    return `a name has 1 to ${LONGEST} characters, on one line`;
  const isType = at.kind === 'entity-type' || at.kind === 'common-type';
  const { catalog } = workspace;
  if (isType) {
    if (!/^[A-Za-z_]\w*$/.test(newName) || RESERVED.has(newName) || newName === 'Action')
      return `${inlineCode(newName)} is no name for a type: letters, digits and \`_\`, not a word of Cedar's own`;
    const qualified = at.key.replace(/^\w+ /, '').replace(/[^:]*$/, newName);
    if (catalog.entityTypes.has(qualified) || catalog.commonTypes.has(qualified))
      return `another type is called ${inlineCode(qualified)} already`;
    return null;
  }
  const taken = { ...at, name: newName, key: keyFor(at, newName) };
  if (allOccurrences(workspace, taken).some(({ defines }) => defines))
    return `another ${at.kind} is called ${inlineCode(newName)} already`;
  return null;
}

function keyFor(at: Occurrence, newName: string): string {
  return at.kind === 'policy'
    ? at.key.slice(0, at.key.length - at.name.length) + newName
    : `${at.key.slice(0, at.key.lastIndexOf(`::${JSON.stringify(at.name)}`))}::${JSON.stringify(newName)}`;
}

function editOf(workspace: LanguageWorkspace, { file, range, kind }: Occurrence, newName: string): TextEdit {
  const text = workspace.file(file)?.text ?? '';
  if (kind === 'entity-type' || kind === 'common-type') return { range, newText: newName };
  if (file.endsWith('.json') && text.slice(range.start - 2, range.start) === '\\"') {
    // Cedar in a JSON string: escaped twice.
    return { range, newText: JSON.stringify(cedarString(newName).slice(1, -1)).slice(1, -1) };
  }
  const isQuoted = text[range.start - 1] === '"';
  if (file.endsWith('.json')) return { range, newText: JSON.stringify(newName).slice(1, -1) };
  const quoted = cedarString(newName);
  if (isQuoted) return { range, newText: quoted.slice(1, -1) };
  return { range, newText: /^[A-Za-z_]\w*$/.test(newName) ? newName : quoted };
}
