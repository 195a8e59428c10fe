/** Adds an id to a case or a rule, or a name to a policy, where it has none. */
import type { CodeFix } from '@benchbook/model';
import { stringValue } from '../cel/text.ts';
import { type CaseOutline, everyRule, type RuleOutline } from '../document/policy.ts';
import { Certainty } from '../facts/certain.ts';
import type { YamlNode } from '../yaml/node.ts';
import { entryOf } from '../yaml/node.ts';
import { type FixContext, fixOf, touches } from './context.ts';

export function nameFixes(context: FixContext): CodeFix[] {
  const { document, range } = context;
  const { policy, root, text } = document;
  if (document.kind !== 'policy' || root.kind !== 'map') return [];
  const fixes: CodeFix[] = [];
  const [first] = root.entries;
  const line = { start: 0, end: Math.max(0, text.indexOf('\n', first?.start ?? 0)) };
  if (!entryOf(root, 'name') && first && !root.isFlow && touches(line, range)) {
    const edit = {
      range: { start: first.start, end: first.start },
      newText: `name: ${slug(document.name)}\n`,
    };
    fixes.push(fixOf(context, 'Add a name to the policy', edit, { kind: 'refactor' }));
  }
  for (const rule of everyRule(policy.rule)) {
    if (!touches(rule.range, range)) continue;
    const own = innermostCase(rule, context);
    if (own && !own.id) fixes.push(...caseFix(context, own));
    if (!rule.id && touches(rule.keyRange, range)) fixes.push(...ruleFix(context, rule));
  }
  return fixes;
}

/** The case that the range touches, unless it stands in a rule nested in it. */
function innermostCase(rule: RuleOutline, { range }: FixContext): CaseOutline | null {
  const own = rule.cases.find((entry) => touches(entry.range, range));
  const isDeeper = own?.nested && touches(own.nested.range, range);
  return own && !isDeeper ? own : null;
}

function caseFix(context: FixContext, own: CaseOutline): CodeFix[] {
  const { text } = context.document;
  const column = own.start - (text.lastIndexOf('\n', own.start - 1) + 1);
  if (text[own.start] === '{' || !/^[ \t]*-[ \t]+$/.test(text.slice(own.start - column, own.start)))
    return [];
  const newText = `id: ${freeId(context, own)}\n${' '.repeat(column)}`;
  const edit = { range: { start: own.start, end: own.start }, newText };
  return [fixOf(context, 'Add an id to this case', edit, { kind: 'refactor' })];
}

function ruleFix(context: FixContext, rule: RuleOutline): CodeFix[] {
  const { text, root } = context.document;
  const value = ruleMap(root, rule);
  if (value?.kind !== 'map' || value.isFlow) return [];
  const [first] = value.entries;
  if (!first) return [];
  const column = first.start - (text.lastIndexOf('\n', first.start - 1) + 1);
  const newText = `id: ${slug(rule.name)}\n${' '.repeat(column)}`;
  const edit = { range: { start: first.start, end: first.start }, newText };
  return [fixOf(context, 'Add an id to this rule', edit, { kind: 'refactor' })];
}

function ruleMap(root: YamlNode, rule: RuleOutline): YamlNode | null {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'sequence') pending.push(...node.items.map(({ value }) => value));
    if (node.kind !== 'map') continue;
    for (const entry of node.entries) {
      if (entry.start === rule.range.start && entry.key === 'rule') return entry.value;
      pending.push(entry.value);
    }
  }
  return null;
}

/** What the case decides and of which tool, else its place; not used in the rule yet. */
function freeId({ workspace }: FixContext, own: CaseOutline): string {
  const tree = own.output?.tree;
  const root = tree?.root;
  const node =
    root?.kind === 'map'
      ? root.entries.find(({ key }) => stringValue(key, tree?.text ?? '') === 'outcome')?.value
      : root;
  const outcome = tree && node ? stringValue(node, tree.text) : null;
  const tools = own.output ? new Certainty(workspace).around(own.output).tools : null;
  const parts = [outcome ?? '', tools?.length === 1 ? (tools[0] ?? '') : ''].filter((part) => part !== '');
  const wanted = parts.length > 0 ? slug(parts.join('-')) : `case-${own.index + 1}`;
  const taken = new Set(own.rule.cases.map(({ id }) => id?.text));
  let free = wanted;
  for (let count = 2; taken.has(free); count++) free = `${wanted}-${count}`;
  return free;
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  return /[a-z]/.test(plain) ? plain : `policy-${plain}`.replace(/-$/, '');
}
