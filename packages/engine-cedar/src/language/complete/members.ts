import type { CompletionItem, TextRange } from '@benchbook/model';
import { toPointer } from '@benchbook/model';
import { attributeName } from '../cedar-text.ts';
import { recordedText } from '../knowledge/examples.ts';
import { argumentSchema } from '../knowledge/json-types.ts';
import { typesText } from '../knowledge/types.ts';
import type { MergedMember, PolicyView } from '../knowledge/view.ts';
import { inlineCode, paragraphs, plainText } from '../markdown.ts';
import type { Expr } from '../syntax/tree.ts';
import type { Spot } from './complete.ts';
import { item } from './items.ts';

const MOST = 300;

/** What is known of a member: type on one line, and what schemas, tools and recordings say. */
export function memberDocs(
  view: PolicyView,
  member: MergedMember,
  pointer: string | null,
): { readonly detail: string; readonly documentation: string } {
  const type = typesText(member.members.map((one) => one.type));
  const docs = new Set(member.members.map(({ doc }) => doc).filter((doc) => doc !== ''));
  if (pointer !== null) for (const doc of argumentDocs(view, pointer)) docs.add(doc);
  const values = [...new Set(member.members.flatMap((one) => one.values ?? []))].slice(0, 12);
  return {
    detail: `${type}${member.optional ? ', optional' : ''}`,
    documentation: paragraphs(
      [...docs].slice(0, 3).map(plainText).join(' '),
      values.length ? `One of ${values.map(inlineCode).join(', ')}.` : '',
      pointer === null ? '' : recordedText(view.fields(pointer)),
    ),
  };
}

/** Descriptions of an argument in the JSON Schemas of the tools that the policy is about. */
function* argumentDocs(view: PolicyView, pointer: string): Generator<string> {
  for (const tool of view.known.tools) {
    if (view.tools.length && !view.tools.includes(tool.name)) continue;
    const doc = argumentSchema(tool, pointer)?.description;
    if (typeof doc === 'string' && doc !== '') yield doc;
  }
}

/** Attributes of the value of an expression, as names. */
export function memberItems(spot: Spot, target: Expr, range: TextRange): CompletionItem[] {
  const { view } = spot;
  if (!view) return [];
  const base = view.pointerOf(target);
  const isTest = spot.word === 'has';
  return view
    .membersOf(target)
    .slice(0, MOST)
    .map((member) => {
      const pointer = pointerBelow(view, target, base, member.name);
      const { detail, documentation } = memberDocs(view, member, pointer);
      const written = attributeName(member.name);
      const isQuoted = written.startsWith('"');
      // Behind a dot a quoted name cannot stand: the dot goes.
      const replaces = isQuoted && !isTest ? { start: range.start - 1, end: range.end } : range;
      return item('member', member.name, replaces, detail, {
        documentation,
        newText: isQuoted && !isTest ? `[${written}]` : written,
        rank: 10,
      });
    });
}

function pointerBelow(view: PolicyView, target: Expr, base: string | null, name: string): string | null {
  if (base !== null) return `${base}${toPointer([name])}`;
  if (target.kind !== 'variable' || target.name !== 'context') return null;
  const range = target.range;
  return view.pointerOf({
    kind: 'member',
    target,
    name: { text: name, range },
    dot: 0,
    indexed: false,
    range,
  });
}

/** `context.input.amount` and its like, where the policy is about few tools. */
export function pathItems(spot: Spot): CompletionItem[] {
  const { view, range } = spot;
  if (!view) return [];
  const at = { start: 0, end: 0 };
  const member = (target: Expr, name: string): Expr => ({
    kind: 'member',
    target,
    name: { text: name, range: at },
    dot: 0,
    indexed: false,
    range: at,
  });
  const context: Expr = { kind: 'variable', name: 'context', range: at };
  const input = view.membersOf(context).find(({ name }) => name === 'input');
  if (!input || (view.tools.length === 0 && view.actions.length !== 1)) return [];
  const target = member(context, 'input');
  return view
    .membersOf(target)
    .slice(0, 50)
    .filter(({ name }) => !attributeName(name).startsWith('"'))
    .map((one) => {
      const { detail, documentation } = memberDocs(view, one, view.pointerOf(member(target, one.name)));
      return item('member', `context.input.${one.name}`, range, detail, { documentation, rank: 15 });
    });
}
