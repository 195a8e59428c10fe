/** What may stand after a dot. */
import type { CompletionItem, TextRange } from '@benchbook/model';
import { documentedNames, type FunctionDoc, functionDocs, signatureOf } from '../docs/functions.ts';
import { variablesInScope } from '../document/policy.ts';
import type { Knowledge } from '../facts/knowledge.ts';
import type { Meaning, Meanings, Placed } from '../facts/meaning.ts';
import { block, code, paragraphs } from '../markdown.ts';

export interface MemberPlace {
  /** What stands before the dot. */
  readonly receiver: Placed;
  /** Of the name behind the dot. */
  readonly range: TextRange;
  readonly dot: number;
  /** The name is followed by a parenthesis already. */
  readonly isCalled: boolean;
  readonly optional: boolean;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function completeMembers(
  place: MemberPlace,
  meanings: Meanings,
  knowledge: Knowledge,
): CompletionItem[] {
  const meaning = meanings.of(place.receiver);
  if (meaning?.kind === 'namespace') return namespaceFunctions(meaning.name, place);
  if (meaning?.kind === 'variables') return variableMembers(place, meanings, knowledge);
  const types = typesOf(meaning, knowledge);
  const methods = place.optional ? [] : methodItems(types, place);
  if (meaning?.kind === 'fact') return [...factMembers(meaning.pointer, place, knowledge), ...methods];
  return [...literalMembers(meaning, place), ...methods];
}

function typesOf(meaning: Meaning | null, knowledge: Knowledge): readonly string[] {
  if (meaning?.kind === 'fact') return knowledge.types(meaning.pointer);
  if (meaning?.kind !== 'value' || meaning.type === 'any' || meaning.type === 'dyn') return [];
  return [meaning.type];
}

function factMembers(
  pointer: string,
  { range, dot, optional }: MemberPlace,
  knowledge: Knowledge,
): CompletionItem[] {
  return knowledge.members(pointer).flatMap((member, index): CompletionItem[] => {
    const isName = NAME.test(member.name);
    if (!isName && optional) return [];
    const types = knowledge.types(member.pointer);
    return [
      {
        label: member.name,
        kind: 'member',
        detail: types.join(' or ') || 'dyn',
        documentation: knowledge.documentation(member.pointer),
        range: isName ? range : { start: dot, end: range.end },
        newText: isName ? member.name : `[${JSON.stringify(member.name)}]`,
        rank: 10 + Math.min(index, 9),
      },
    ];
  });
}

function variableMembers(
  { receiver, range }: MemberPlace,
  meanings: Meanings,
  knowledge: Knowledge,
): CompletionItem[] {
  return variablesInScope(receiver.site).flatMap(({ name, expression }): CompletionItem[] => {
    if (!name || !NAME.test(name.text)) return [];
    const meaning = expression && meanings.of({ node: expression.tree.root, site: expression, locals: [] });
    return [
      {
        label: name.text,
        kind: 'variable',
        detail: typesOf(meaning, knowledge).join(' or ') || 'dyn',
        documentation: expression ? block(expression.text) : '',
        range,
        newText: name.text,
        rank: 10,
      },
    ];
  });
}

/** The keys of a map literal. */
function literalMembers(meaning: Meaning | null, { range }: MemberPlace): CompletionItem[] {
  if (meaning?.kind !== 'value' || meaning.from?.node.kind !== 'map') return [];
  const { site, node } = meaning.from;
  return node.entries.flatMap(({ key }): CompletionItem[] => {
    const name = site.text.slice(key.start + 1, key.end - 1);
    if (!NAME.test(name)) return [];
    return [
      {
        label: name,
        kind: 'member',
        detail: 'key of the map',
        documentation: '',
        range,
        newText: name,
        rank: 10,
      },
    ];
  });
}

function methodItems(types: readonly string[], place: MemberPlace): CompletionItem[] {
  const names = documentedNames().filter((name) => name.startsWith('.'));
  return names.flatMap((name): CompletionItem[] => {
    const docs = functionDocs(name);
    const fits = docs.some(({ on }) => types.length === 0 || on.some((type) => types.includes(type)));
    return fits ? [functionItem(docs, place.range, place.isCalled, types.length === 0 ? 70 : 40)] : [];
  });
}

function namespaceFunctions(namespace: string, place: MemberPlace): CompletionItem[] {
  return documentedNames()
    .filter((name) => name.startsWith(`${namespace}.`))
    .map((name) => functionItem(functionDocs(name), place.range, place.isCalled, 20));
}

/** A function as an item: its first way to be called, with places for the arguments. */
export function functionItem(
  docs: readonly FunctionDoc[],
  range: TextRange,
  isCalled: boolean,
  rank: number,
): CompletionItem {
  const [first] = docs as readonly [FunctionDoc];
  const label = first.name.replace(/^.*\./, '');
  const places = first.parameters.map((parameter, index) => `\${${index + 1}:${parameter.split(':')[0]}}`);
  const call = places.length === 0 ? `${label}()` : `${label}(${places.join(', ')})`;
  return {
    label,
    kind: first.isMacro ? 'keyword' : 'function',
    detail: signatureOf(first).label,
    documentation: describeFunction(docs),
    range,
    newText: isCalled ? label : call,
    ...(!isCalled && places.length > 0 && { isSnippet: true }),
    rank,
  };
}

/** Markdown: all ways to call a function, and what each is for. */
export function describeFunction(docs: readonly FunctionDoc[]): string {
  const others = docs.slice(1).map((doc) => code(signatureOf(doc).label));
  return paragraphs(docs[0]?.documentation ?? '', others.length > 0 ? `Also ${others.join(', ')}.` : '');
}
