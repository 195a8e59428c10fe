import type { FileEdit, Refusal, TextEdit, TextRange } from '@benchbook/model';
import { everyNode } from '../../syntax/loose/node.ts';
import { everyRule } from '../document/policy.ts';
import { code } from '../markdown.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { namesOf } from './names.ts';
import { occurrencesOf } from './occurrences.ts';
import { type Target, targetAt } from './target.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ID = /^[A-Za-z0-9_](?:[\w .-]*[\w.-])?$/;
const RESERVED = new Set(
  'as break const continue else false for function if import in let loop package namespace null return true var void while'.split(
    ' ',
  ),
);

/** What would be renamed at an offset. */
export function prepareRename(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
): { readonly range: TextRange; readonly name: string } | Refusal | null {
  const document = workspace.document(path);
  const target = document && targetAt(workspace, document, offset);
  if (!target) return null;
  const reason = refusal(target);
  if (reason) return { refused: reason };
  return { range: { start: target.range.start, end: target.range.end }, name: target.text };
}

function refusal(target: Target): string | null {
  switch (target.kind) {
    case 'fact':
      return `${code(target.text)} comes from the call: it cannot be renamed here`;
    case 'function':
      return `${code(target.text)} is a function of CEL`;
    case 'file':
      return 'the policy has the name of its file: rename the file';
    default:
      return null;
  }
}

export function rename(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  newName: string,
): readonly FileEdit[] | Refusal {
  const document = workspace.document(path);
  const target = document && targetAt(workspace, document, offset);
  if (!document || !target) return { refused: 'nothing stands here that has a name' };
  const reason = refusal(target) ?? conflict(workspace, target, newName);
  if (reason) return { refused: reason };
  const byFile = new Map<string, TextEdit[]>();
  for (const { file, range } of occurrencesOf(workspace, target, document)) {
    const edits = byFile.get(file) ?? [];
    edits.push({ range, newText: newName });
    byFile.set(file, edits);
  }
  return [...byFile].map(([file, edits]) => ({ file, edits }));
}

function conflict(workspace: LanguageWorkspace, target: Target, name: string): string | null {
  const shown = code(name.slice(0, 80));
  if (target.kind === 'id') {
    if (!ID.test(name)) return `${shown} is no id: use letters, digits, \`_\`, \`-\`, \`.\` and blanks`;
    return isIdTaken(target, name) ? `${shown} is the id of another rule or case here` : null;
  }
  if (!NAME.test(name) || RESERVED.has(name)) return `${shown} is no name for a variable`;
  if (target.kind === 'variable') {
    const { rule } = target.variable;
    for (const other of everyRule(target.document.policy.rule)) {
      const isRelated = isWithin(other, rule) || isWithin(rule, other);
      const isTaken = other.variables.some((one) => one !== target.variable && one.name?.text === name);
      if (isRelated && isTaken) return `${shown} is the name of another variable here`;
    }
    return null;
  }
  if (target.kind !== 'local') return null;
  if (workspace.variables.has(name) || name === 'variables') return `${shown} is a variable of every request`;
  for (const node of everyNode(target.site.tree.root)) {
    if (node.kind === 'name' && node.name === name) return `${shown} is a name in this expression already`;
  }
  return null;
}

type Rule = Parameters<typeof everyRule>[0];

function isWithin(inner: Rule, outer: Rule): boolean {
  for (let rule = inner; rule; rule = rule.parent?.rule ?? null) if (rule === outer) return true;
  return false;
}

/** True where some rule or case would get the name of another. */
function isIdTaken({ document, id, text }: Target & { kind: 'id' }, name: string): boolean {
  if (name === text) return false;
  const names = namesOf(document);
  const others = new Set(
    names.filter(({ parts }) => !parts.some((part) => part.id === id)).map((named) => named.name),
  );
  return names.some((named) => {
    const part = named.parts.find((candidate) => candidate.id === id);
    return part && others.has(named.name.slice(0, part.start) + name + named.name.slice(part.end));
  });
}
