import type { DocumentHighlight, Location } from '@benchbook/model';
import { type Context, occurrencesAt } from './context.ts';
import type { Occurrence } from './index/occurrences.ts';

/** Where what stands at an offset is made: all clauses of a rule, all files of a package. */
export function definition(context: Context, path: string, offset: number): readonly Location[] {
  const file = context.workspace.file(path);
  if (!file) return [];
  for (const { key, leadsTo, kind } of occurrencesAt(context, file, offset)) {
    if (kind === 'builtin' || kind === 'input') continue;
    const beyond = leadsTo ? declarations(context, leadsTo, path) : [];
    if (beyond.length > 0) return beyond;
    const own = declarations(context, key, path);
    if (own.length > 0) return own;
    const first = key.startsWith('local:') ? places(context, key, path)[0] : undefined;
    if (first) return [first];
  }
  return [];
}

/** Everywhere that names what stands at an offset. */
export function references(
  context: Context,
  path: string,
  offset: number,
  includeDefinition: boolean,
): readonly Location[] {
  const file = context.workspace.file(path);
  const found = file && occurrencesAt(context, file, offset)[0];
  if (!found) return [];
  return places(context, found.key, path, includeDefinition ? undefined : (one) => !one.declares);
}

/** The same in one file. */
export function highlights(context: Context, path: string, offset: number): readonly DocumentHighlight[] {
  const file = context.workspace.file(path);
  const found = file && occurrencesAt(context, file, offset)[0];
  if (!found) return [];
  return context
    .occurrences(file)
    .filter(({ key }) => key === found.key)
    .map(({ range, declares }) => ({ range, kind: declares ? 'write' : 'read' }));
}

function declarations(context: Context, key: string, path: string): Location[] {
  return places(context, key, path, (one) => one.declares);
}

/** Places of a key, by file; names that cannot leave their file are looked for there alone. */
export function places(
  context: Context,
  key: string,
  path: string,
  keep: (one: Occurrence) => boolean = () => true,
): Location[] {
  const bound = key.startsWith('local:') || key.startsWith('import:');
  const files = context.workspace.files.filter((file) => !bound || file.path === path);
  const needed = nameOf(key);
  return files.flatMap((file) => {
    if (needed !== '' && !file.text.includes(needed)) return [];
    return context
      .occurrences(file)
      .filter((one) => one.key === key && keep(one))
      .map(({ range }) => ({ file: file.path, range }));
  });
}

/** A text that every place of a key holds. */
function nameOf(key: string): string {
  const name =
    key
      .slice(key.indexOf(':') + 1)
      .split(/[\0/.]/)
      .at(-1) ?? '';
  return /^\w+$/.test(name) ? name : '';
}
