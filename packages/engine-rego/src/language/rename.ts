import type { FileEdit, Refusal, TextEdit, TextRange } from '@benchbook/model';
import { roleOf } from '../sets/roles.ts';
import { type Context, occurrencesAt } from './context.ts';
import type { RegoFile } from './index/file.ts';
import type { Occurrence } from './index/occurrences.ts';
import { absoluteOf } from './index/resolve.ts';
import { places } from './navigate.ts';
import { isName } from './syntax/keywords.ts';

/** What would be renamed at an offset, or why it cannot be. */
export function prepareRename(
  context: Context,
  path: string,
  offset: number,
): { readonly range: TextRange; readonly name: string } | Refusal | null {
  const file = context.workspace.file(path);
  const found = file && occurrencesAt(context, file, offset)[0];
  if (!found) return null;
  const refused = refusal(context, found);
  return refused ? { refused } : { range: found.range, name: found.name };
}

/** Renames a rule, a function, a variable or an import, in every file. */
export function rename(
  context: Context,
  path: string,
  offset: number,
  newName: string,
): readonly FileEdit[] | Refusal {
  const file = context.workspace.file(path);
  const found = file && occurrencesAt(context, file, offset)[0];
  if (!found) return { refused: 'Nothing here can be renamed.' };
  const refused = refusal(context, found);
  if (refused) return { refused };
  if (!isName(newName)) return { refused: `\`${newName}\` is no name in Rego.` };
  if (newName === found.name) return [];
  const taken =
    found.kind === 'rule' ? ruleTaken(context, found, newName) : nameTaken(context, file, found, newName);
  if (taken) return { refused: taken };
  const edits = new Map<string, TextEdit[]>();
  const add = (name: string, edit: TextEdit) => edits.set(name, [...(edits.get(name) ?? []), edit]);
  for (const place of places(context, found.key, path)) {
    const text = context.workspace.file(place.file)!.text;
    add(place.file, { range: place.range, newText: spelt(text, place.range, newName) });
  }
  if (found.borrowed) {
    const line = file.imports.find(({ name }) => name === found.name)!;
    const { end } = line.statement.range;
    edits.set(path, [{ range: { start: end, end }, newText: ` as ${newName}` }, ...(edits.get(path) ?? [])]);
  }
  return [...edits].map(([name, list]) => ({
    file: name,
    edits: list.sort((a, b) => a.range.start - b.range.start),
  }));
}

/** `["old"]` stays a string. */
function spelt(text: string, { start }: TextRange, newName: string): string {
  const quote = text[start];
  return quote === '"' || quote === '`' ? `${quote}${newName}${quote}` : newName;
}

function refusal(context: Context, { kind, name, key, line }: Occurrence): string | undefined {
  switch (kind) {
    case 'builtin':
      return `\`${name}\` is built in.`;
    case 'input':
      return `\`${name}\` comes with the call: the policy does not name it.`;
    case 'package':
      return 'Packages are not renamed: what reads them may stand outside this folder.';
    case 'data':
      return `\`${name}\` is named by a data file.`;
    case 'rule': {
      const path = key.slice('rule:'.length).split('\0');
      const dotted = path.join('.');
      const named = context.entrypoints.find(
        (one) => one.replaceAll('/', '.').replace(/^data\./, '') === dotted,
      );
      if (named !== undefined) return `\`${name}\` is an entrypoint in benchbook.yaml.`;
      const reader = dynamicReader(context, path.slice(0, -1));
      if (reader)
        return `${reader.path} reads members of \`data.${path.slice(0, -1).join('.')}\` by names that it makes.`;
      return undefined;
    }
    default:
      return line === undefined && kind === 'local' ? 'Nothing here can be renamed.' : undefined;
  }
}

/** A file that reads the package, or one around it, by a name that is not written there. */
function dynamicReader(context: Context, packagePath: readonly string[]): RegoFile | undefined {
  return context.workspace.files.find((file) =>
    file.rules.some((line) =>
      line.rule.references.some((reference) => {
        if (!reference.steps.some(({ name }) => name === null)) return false;
        const absolute = absoluteOf(context.workspace, file, reference, context.builtins);
        if (absolute?.root !== 'data') return false;
        const at = absolute.path.indexOf(null);
        return (
          at <= packagePath.length && absolute.path.slice(0, at).every((name, i) => name === packagePath[i])
        );
      }),
    ),
  );
}

function ruleTaken(context: Context, { key, name }: Occurrence, newName: string): string | undefined {
  const packagePath = key.slice('rule:'.length).split('\0').slice(0, -1);
  const before = roleOf(name);
  const after = roleOf(newName);
  if (before !== after) {
    return before
      ? `\`${name}\` decides by its name; as \`${newName}\` it would not do the same.`
      : `A rule of the name \`${newName}\` decides; \`${name}\` does not.`;
  }
  if (name.startsWith('test_') !== newName.startsWith('test_')) {
    return 'Rules whose names begin with `test_` are run as tests.';
  }
  if (context.workspace.rules(packagePath).has(newName)) {
    return `\`${newName}\` is a rule of \`data.${packagePath.join('.')}\` already.`;
  }
  if (context.builtins.has(newName)) return `\`${newName}\` is a function of Rego.`;
  for (const file of context.workspace.files) {
    const own = context.occurrences(file).filter((one) => one.key === key);
    if (own.length === 0) continue;
    const clash = nameTaken(context, file, own[0]!, newName);
    if (clash) return clash;
  }
  return undefined;
}

/** Why a name cannot be given in a file: something there has it, and would be read in place of the other. */
function nameTaken(context: Context, file: RegoFile, found: Occurrence, newName: string): string | undefined {
  if (file.imports.some(({ name }) => name === newName)) return `\`${newName}\` is imported in ${file.path}.`;
  if (context.builtins.has(newName)) return `\`${newName}\` is a function of Rego.`;
  if (found.kind !== 'rule' && context.workspace.rules(file.package.map(({ name }) => name)).has(newName)) {
    return `\`${newName}\` is a rule of this package already.`;
  }
  const lines = found.kind === 'local' ? file.rules.filter((line) => line === found.line) : file.rules;
  for (const { rule } of lines) {
    const named = rule.references.some(({ head }) => head.text === newName);
    if (named || rule.scopes.some(({ names }) => names.has(newName))) {
      return `\`${newName}\` is a variable in ${file.path} already.`;
    }
  }
  return undefined;
}
