import { type Diagnostic, suggest, type TextRange } from '@benchbook/model';
import type { Context } from './context.ts';
import { inputRead } from './index/facts.ts';
import { type RegoFile, ruleAt } from './index/file.ts';
import { absoluteOf, meaningOf, ruleOf } from './index/resolve.ts';
import { isNoMember } from './knowledge/input.ts';
import type { Reference, Scope } from './syntax/rule.ts';

/** A name that was meant, and what stands in its place. */
export interface Suggestion {
  readonly range: TextRange;
  readonly name: string;
}

/** The near name that an error of OPA knows, told from the text where it stands. */
export function suggestionFor(context: Context, diagnostic: Diagnostic): Suggestion | undefined {
  const { range, code } = diagnostic;
  const file = context.workspace.file(diagnostic.file);
  const line = file && range ? ruleAt(file, range.start) : undefined;
  if (!file || !line || !range) return undefined;
  const inside = line.rule.references.filter(
    ({ head, range: place }) => head.start <= range.end && place.end >= range.start,
  );
  if (code === 'rego-unsafe-var-error')
    return first(inside, (reference) => variable(context, file, reference));
  if (code !== 'rego-type-error') return undefined;
  return first(
    inside.filter(({ call }) => call),
    (reference) => calledFunction(context, file, reference),
  );
}

function first(
  references: readonly Reference[],
  find: (reference: Reference) => Suggestion | undefined,
): Suggestion | undefined {
  for (const reference of references) {
    const found = find(reference);
    if (found) return found;
  }
  return undefined;
}

function variable(context: Context, file: RegoFile, reference: Reference): Suggestion | undefined {
  if (meaningOf(context.workspace, file, reference, context.builtins).kind !== 'free') return undefined;
  const names = new Set(['input', 'data', ...file.imports.map(({ name }) => name)]);
  for (let scope: Scope | null = reference.scope; scope; scope = scope.parent) {
    for (const name of scope.names.keys()) names.add(name);
  }
  for (const name of context.workspace.rules(file.package.map((part) => part.name)).keys()) names.add(name);
  for (const name of context.builtins.keys())
    if (name.includes('.')) names.add(name.slice(0, name.indexOf('.')));
  const name = suggest(reference.head.text, names);
  return name === undefined ? undefined : { range: placeOf(reference.head), name };
}

function calledFunction(context: Context, file: RegoFile, reference: Reference): Suggestion | undefined {
  const meaning = meaningOf(context.workspace, file, reference, context.builtins);
  if (meaning.kind === 'free') {
    const written = [reference.head.text, ...reference.steps.map(({ name }) => name ?? '')].join('.');
    const own = context.workspace.rules(file.package.map((part) => part.name)).values();
    const names = [
      ...[...own]
        .filter(({ lines }) => lines.some(({ line }) => line.rule.head.arguments))
        .map(({ name }) => name),
      ...[...context.builtins.values()].filter(({ infix }) => infix === undefined).map(({ name }) => name),
    ];
    const name = suggest(written, names);
    return name === undefined ? undefined : { range: placeOf(reference.range), name };
  }
  const absolute = absoluteOf(context.workspace, file, reference, context.builtins);
  const last = reference.steps.at(-1);
  if (absolute?.root !== 'data' || !last || last.name === null || ruleOf(context.workspace, absolute.path))
    return undefined;
  const owner = absolute.path.slice(0, -1).map((part) => part ?? '');
  const name = suggest(last.name, context.workspace.rules(owner).keys());
  return name === undefined ? undefined : { range: placeOf(last.range), name };
}

/** Members of the input that no call has, though one of nearly that name. */
export function unknownMembers(context: Context, file: RegoFile): (Suggestion & { written: string })[] {
  return file.rules.flatMap((line) =>
    line.rule.references.flatMap((reference) => {
      const read = inputRead(context, file, reference);
      if (!read?.facts || reference.steps.length === 0) return [];
      const skipped = read.facts.length - read.path.length;
      for (let at = 0; at < reference.steps.length; at++) {
        const step = reference.steps[at]!;
        const wrong = isNoMember(read.facts.slice(0, read.before + at + 1 + skipped));
        const name = wrong && step.name && suggest(step.name, wrong.among);
        if (name) return [{ range: placeOf(step.range), name, written: step.name! }];
      }
      return [];
    }),
  );
}

function placeOf({ start, end }: TextRange): TextRange {
  return { start, end };
}
