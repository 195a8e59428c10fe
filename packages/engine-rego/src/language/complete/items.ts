import type { CompletionItem, CompletionKind, TextRange, ToolKnowledge } from '@benchbook/model';
import type { Context } from '../context.ts';
import type { RuleGroup } from '../index/workspace.ts';
import { builtinDocs, signatureOf } from '../knowledge/builtins.ts';
import { headText, memberDocs, ruleDocs, ruleType, toolDocs, toolNames } from '../knowledge/docs.ts';
import type { Member } from '../knowledge/input.ts';
import { KEYWORD_DOCS } from '../knowledge/keywords.ts';
import { literal } from '../markdown.ts';

export function item(
  label: string,
  kind: CompletionKind,
  range: TextRange,
  detail = '',
  documentation = '',
  rank?: number,
): CompletionItem {
  return { label, kind, detail, documentation, range, newText: label, ...(rank !== undefined && { rank }) };
}

export function keywords(words: readonly string[], range: TextRange, rank?: number): CompletionItem[] {
  return words.map((word) => item(word, 'keyword', range, 'keyword', KEYWORD_DOCS.get(word) ?? '', rank));
}

/** A function, with brackets where none follow. */
function callItem(base: CompletionItem, text: string, called: boolean): CompletionItem {
  return called ? { ...base, newText: text } : { ...base, newText: `${text}($1)`, isSnippet: true };
}

export function ruleItem(
  context: Context,
  group: RuleGroup,
  range: TextRange,
  called: boolean,
): CompletionItem {
  const isFunction = group.lines.some(({ line }) => line.rule.head.arguments);
  const type = ruleType(context, group);
  const detail = isFunction || type === '' ? headText(group) : `${headText(group)}: ${type.slice(0, 80)}`;
  const base = item(group.name, isFunction ? 'function' : 'policy', range, detail, ruleDocs(group), 20);
  return isFunction ? callItem(base, group.name, called) : base;
}

/** Functions of Rego below a namespace (`regex`), or those without one. */
export function builtinItems(
  context: Context,
  namespace: string | undefined,
  range: TextRange,
  called: boolean,
): CompletionItem[] {
  return [...context.builtins.values()].flatMap((builtin): CompletionItem[] => {
    const start = namespace === undefined ? '' : `${namespace}.`;
    if (builtin.infix !== undefined || builtin.deprecated || !builtin.name.startsWith(start)) return [];
    if (builtin.name === 'assign') return [];
    const name = builtin.name.slice(start.length);
    const base = item(name, 'function', range, signatureOf(builtin).label, builtinDocs(builtin), 60);
    return [callItem(base, name, called)];
  });
}

export function memberItem(member: Member, range: TextRange): CompletionItem {
  const plain = /^[A-Za-z_]\w*$/.test(member.name);
  const base = item(member.name, 'member', range, member.type, memberDocs(member), 10);
  if (plain) return base;
  // `.` cannot go before such a name: the brackets take its place.
  const newText = `[${JSON.stringify(member.name)}]`;
  return { ...base, range: { start: Math.max(0, range.start - 1), end: range.end }, newText };
}

/** Names of tools as strings; `quoted`: the cursor stands between quotes already. */
export function toolItems(known: ToolKnowledge, range: TextRange, quoted: boolean): CompletionItem[] {
  return toolNames(known).map((name) => {
    const text = JSON.stringify(name);
    const calls = known.calls.get(name) ?? 0;
    const detail = calls === 0 ? 'tool' : `tool, ${calls.toLocaleString('en-US')} recorded`;
    const base = item(quoted ? name : text, 'action', range, detail, toolDocs(name, known), 5);
    return { ...base, newText: quoted ? text.slice(1, -1) : text };
  });
}

/** Values that were recorded, as literals. */
export function exampleItems(member: Member, range: TextRange, quoted: boolean): CompletionItem[] {
  return member.examples.flatMap((value): CompletionItem[] => {
    if (quoted && typeof value !== 'string') return [];
    const text = JSON.stringify(value);
    const base = item(
      quoted ? String(value) : literal(value),
      'constant',
      range,
      member.type || 'example',
      '',
      6,
    );
    return [{ ...base, newText: quoted ? text.slice(1, -1) : text }];
  });
}
