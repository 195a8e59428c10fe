import type { Completion, CompletionItem, TextRange, ToolKnowledge } from '@benchbook/model';
import { EDITION } from '../../policies/control-parts.ts';
import { ANNOTATIONS, KEYWORDS } from '../builtins.ts';
import { snippetText } from '../markdown.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { actionUids, item, uidText } from './items.ts';

/** Where a policy may begin: effects, `@`, whole policies. */
export function topItems(
  workspace: LanguageWorkspace,
  known: ToolKnowledge,
  range: TextRange,
): CompletionItem[] {
  const [first] = actionUids(workspace, known);
  const action = snippetText(first ? uidText(first) : 'Action::"tool"');
  const policy = (effect: string, head: string) =>
    `@id("\${1:name}")\n${head}${effect} (\n  principal,\n  action == \${2:${action}},\n  resource\n)\nwhen { \${0:context.input} };`;
  return [
    ...['permit', 'forbid'].map((word) =>
      item('keyword', word, range, 'effect', { documentation: KEYWORDS.get(word)!, rank: 10 }),
    ),
    item('snippet', 'permit a tool', range, 'a policy that allows', {
      documentation: 'Allows calls of one tool where a condition holds.',
      newText: policy('permit', ''),
      isSnippet: true,
      rank: 20,
    }),
    item('snippet', 'forbid a tool', range, 'a policy that denies', {
      documentation: 'Denies calls of one tool where a condition holds.',
      newText: policy('forbid', `@reason("\${3:why}")\n`),
      isSnippet: true,
      rank: 21,
    }),
    item('snippet', 'escalate a tool', range, 'a policy that asks a person', {
      documentation:
        'Calls of one tool wait for a person where a condition holds; some permit must allow them.',
      newText: policy('forbid', `@effect("escalate")\n@reason("\${3:why}")\n`),
      isSnippet: true,
      rank: 22,
    }),
    item('snippet', 'template', range, 'a policy with a slot', {
      documentation: 'A template; `*.links.json` fills its slot.',
      newText: `@id("\${1:name}")\npermit (\n  principal == ?principal,\n  action,\n  resource\n);`,
      isSnippet: true,
      rank: 23,
    }),
    ...Object.entries(ANNOTATIONS).map(([key, [snippet, doc]]) =>
      item('annotation', `@${key}`, range, 'annotation', {
        documentation: doc,
        newText: `@${snippet}`,
        isSnippet: true,
        rank: 30,
      }),
    ),
  ];
}

/** Behind an `@`: keys with a meaning, and a slot for those of frameworks. `typed` ends at `at`. */
export function annotationKeys(
  range: TextRange,
  typed: string,
  at: number,
  taken: ReadonlySet<string>,
  hasValue: boolean,
): Completion {
  const items = Object.entries(ANNOTATIONS)
    .filter(([key]) => !taken.has(key))
    .map(([key, [snippet, doc]]) =>
      item('annotation', key, range, 'annotation', {
        documentation: doc,
        ...(hasValue ? {} : { newText: snippet, isSnippet: true }),
        rank: 20,
      }),
    );
  return { items, control: { prefix: typed, at, asKey: hasValue ? '' : '("$1")' } };
}

/** Inside the quotes of an annotation's value; `typed` is what stands before the cursor. */
export function annotationValues(key: string, typed: string, range: TextRange, at: number): Completion {
  switch (key) {
    case 'effect':
      return {
        items: [
          item('constant', 'escalate', range, 'a person must approve', {
            documentation: ANNOTATIONS.effect![1],
          }),
        ],
      };
    case 'controls':
      return {
        items: [
          item('constant', 'none', range, 'serves no control', {
            newText: 'none: ',
            documentation: ANNOTATIONS.controls![1],
          }),
        ],
      };
    case 'obligation':
      return {
        items: ['log', 'redact', 'notify'].map((word) => item('constant', word, range, 'obligation')),
      };
    case 'id':
    case 'reason':
    case 'advice':
      return { items: [] };
    default: {
      // The last entry of a list; an edition before a colon belongs to it.
      const entry = typed.slice(typed.lastIndexOf(',') + 1).trimStart();
      const edition = EDITION.exec(entry);
      const prefix = edition ? `${key}@${edition[1]}:${entry.slice(edition[0].length)}` : `${key}:${entry}`;
      return { items: [], control: { prefix, at } };
    }
  }
}
