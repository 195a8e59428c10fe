/** References to controls: in comments above a case, and in sidecar files. */
import type { CompletionItem, ControlSlot } from '@benchbook/model';
import type { CelDocument } from '../document/document.ts';
import { everyRule } from '../document/policy.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import type { Cursor } from './cursor.ts';

/** What may follow in a comment; null where the cursor stands in none. */
export function completeComment(
  document: CelDocument,
  offset: number,
): { readonly items: CompletionItem[]; readonly control?: ControlSlot } | null {
  const start = document.text.lastIndexOf('\n', offset - 1) + 1;
  const line = document.text.slice(start, offset);
  const comment = (document.kind === 'expression' ? /^\s*\/\// : /^\s*#/).exec(line);
  if (!comment) return null;
  const marker = /@controls(?=\s)/.exec(line);
  if (marker) {
    const list = line.slice(marker.index + marker[0].length);
    if (/^\s*none\b/.test(list)) return { items: [] };
    const prefix = lastReference(list);
    return { items: none(prefix, list, offset), control: { prefix, at: offset } };
  }
  const word = /@?\w*$/.exec(line)?.[0] ?? '';
  if (line.slice(comment[0].length, line.length - word.length).trim() !== '') return { items: [] };
  return {
    items: [
      {
        label: '@controls',
        kind: 'annotation',
        detail: 'controls that the policy below serves',
        documentation:
          'References with commas between them, such as `eu-ai-act:14(4)(d)`, or `none: REASON`.',
        range: { start: offset - word.length, end: offset },
        newText: '@controls ',
      },
    ],
  };
}

function none(prefix: string, list: string, offset: number): CompletionItem[] {
  if (!'none'.startsWith(prefix) || list.trim() !== prefix) return [];
  return [
    {
      label: 'none',
      kind: 'keyword',
      detail: 'serves no control, with the reason',
      documentation: '',
      range: { start: offset - prefix.length, end: offset },
      newText: 'none: ',
      rank: 90,
    },
  ];
}

/** What stands behind the last comma that parts references. */
function lastReference(list: string): string {
  let depth = 0;
  let from = 0;
  for (let index = 0; index < list.length; index++) {
    const character = list[index];
    if (character === '(') depth++;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ',' && depth === 0) from = index + 1;
  }
  return list.slice(from).trimStart();
}

/** What may stand in a sidecar file: names of rules and cases as keys, references below them. */
export function completeSidecar(
  document: CelDocument,
  cursor: Cursor,
  offset: number,
  workspace: LanguageWorkspace,
): { readonly items: CompletionItem[]; readonly control?: ControlSlot } {
  if (cursor.kind === 'expression') return { items: [] };
  const { keys } = cursor;
  const framework = keys.slice(1).find((key) => key !== '-');
  if (cursor.kind === 'key' && keys.length === 0) {
    return { items: names(document, workspace, cursor.beside, cursor.range, cursor.hasColon) };
  }
  if (cursor.kind === 'key') {
    const typed = document.text.slice(cursor.range.start, offset);
    return { items: [], control: { prefix: typed, at: offset } };
  }
  if (keys.length === 0) {
    const range = { start: offset - cursor.typed.length, end: offset };
    return { items: names(document, workspace, [], range, false) };
  }
  const prefix = framework === undefined ? cursor.typed : `${framework}:${cursor.typed}`;
  return { items: [], control: { prefix, at: offset } };
}

function names(
  document: CelDocument,
  workspace: LanguageWorkspace,
  beside: readonly string[],
  range: { start: number; end: number },
  hasColon: boolean,
): CompletionItem[] {
  const found = new Map<string, string>();
  for (const policy of workspace.policiesOf(document)) {
    if (policy.kind === 'expression') found.set(policy.name, `the expression of ${policy.path}`);
    for (const rule of everyRule(policy.policy.rule)) {
      found.set(rule.name, `rule of ${policy.path}`);
      for (const entry of rule.cases) if (!entry.nested) found.set(entry.name, `case of ${policy.path}`);
    }
  }
  return [...found]
    .filter(([name]) => !beside.includes(name))
    .map(([name, detail], index) => {
      const key = /^[\w.][\w./[\]-]*$/.test(name) ? name : JSON.stringify(name);
      return {
        label: name,
        kind: 'policy',
        detail,
        documentation: '',
        range,
        newText: hasColon ? key : `${key}: [$0]`,
        ...(!hasColon && { isSnippet: true }),
        rank: 10 + Math.min(index, 30),
      };
    });
}
