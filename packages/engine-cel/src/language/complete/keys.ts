import type { CompletionItem, TextRange } from '@benchbook/model';
import type { CelDocument } from '../document/document.ts';
import type { KeyShape, Shape } from '../document/shape.ts';
import type { Cursor, KeyCursor } from './cursor.ts';

/** Keys that may stand at the cursor, with what they are for. */
export function completeKeys(
  document: CelDocument,
  cursor: KeyCursor,
  variables: readonly string[],
): CompletionItem[] {
  const { slot, beside, range, hasColon } = cursor;
  if (slot?.kind === 'list') return listItems(document, slot.key, range);
  if (slot?.kind !== 'map') return [];
  const missing = Object.entries(slot.shape.keys).filter(([key]) => !isSettled(key, beside));
  const items = missing.map(([key, shape], index): CompletionItem => {
    const tail = hasColon ? '' : tailOf(shape, document, range.start);
    return {
      label: key,
      kind: 'member',
      detail: shape.holds,
      documentation: shape.documentation,
      range,
      newText: key + tail,
      ...(tail.includes('$') && { isSnippet: true }),
      rank: 10 + index,
    };
  });
  if (slot.shape.open) items.push(...inputs(variables, beside, cursor));
  if (cursor.keys.length === 0 && beside.length === 0 && document.kind === 'policy')
    items.push(wholePolicy(range, document.name));
  return items;
}

/** Keys that exclude each other, and those that stand already. */
function isSettled(key: string, beside: readonly string[]): boolean {
  if (beside.includes(key)) return true;
  const others: Readonly<Record<string, string>> = {
    match: 'aggregate',
    aggregate: 'match',
    output: 'rule',
    rule: 'output',
    section: 'sections',
    sections: 'section',
  };
  const other = others[key];
  return (other !== undefined && beside.includes(other)) || (key === 'sections' && !beside.includes(key));
}

function tailOf(shape: KeyShape, document: CelDocument, at: number): string {
  if (!shape.inner) return ': ';
  const inset = insetAt(document.text, at);
  return shape.isList ? `:\n${inset}  - $0` : `:\n${inset}  $0`;
}

/** White space from the indentation of a line to a key in it: editors add the indentation themselves. */
function insetAt(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return ' '.repeat(line.trimStart().length);
}

function inputs(
  variables: readonly string[],
  beside: readonly string[],
  { range, hasColon }: KeyCursor,
): CompletionItem[] {
  return variables
    .filter((name) => !beside.includes(name))
    .map((name) => ({
      label: name,
      kind: 'variable',
      detail: 'variable of every request',
      documentation: '',
      range,
      newText: hasColon ? name : `${name}: { value: $0 }`,
      ...(!hasColon && { isSnippet: true }),
      rank: 10,
    }));
}

/** What may stand as a value where no expression does: a new item of a list. */
export function completeValue(
  document: CelDocument,
  cursor: Cursor & { kind: 'value' },
  offset: number,
): CompletionItem[] {
  const { slot, typed } = cursor;
  if (slot?.kind !== 'list' || typed !== '') return [];
  return listItems(document, slot.key, { start: offset, end: offset });
}

function listItems(document: CelDocument, key: string, range: TextRange): CompletionItem[] {
  const inset = `${insetAt(document.text, range.start)}  `;
  const template = ITEMS[key];
  if (!template) return [];
  const [label, detail, lines] = template;
  return [
    {
      label,
      kind: 'snippet',
      detail,
      documentation: '',
      range,
      newText: `- ${lines.join(`\n${inset}`)}`,
      isSnippet: true,
      rank: 5,
    },
  ];
}

const CASE_LINES = [
  `id: \${1:name}`,
  `condition: \${2:tool.name == "$3"}`,
  `output: '"\${4|deny,escalate,allow|}"'`,
];
const ITEMS: Readonly<Record<string, readonly [string, string, readonly string[]]>> = {
  match: ['case', 'a case with a condition and an output', CASE_LINES],
  aggregate: ['case', 'a case with a condition and an output', CASE_LINES],
  variables: ['variable', 'a variable with its expression', [`name: \${1:name}`, 'expression: $0']],
  section: ['section', 'a section of tests', [`name: \${1:name}`, 'tests:', '  - name: $0']],
  sections: ['section', 'a section of tests', [`name: \${1:name}`, 'tests:', '  - name: $0']],
  tests: [
    'test',
    'a test',
    [`name: \${1:name}`, 'input:', '  tool: { value: { name: $2 } }', 'output: { value: $0 }'],
  ],
};

/** A new case where the cursor stands in an item of a list of cases that holds nothing yet. */
export function completeCase(shape: Shape, cursor: KeyCursor): CompletionItem[] {
  if (shape.what !== 'a case' || cursor.beside.length > 0 || cursor.hasColon) return [];
  return [
    {
      label: 'case',
      kind: 'snippet',
      detail: 'a case with a condition and an output',
      documentation: '',
      range: cursor.range,
      newText: CASE_LINES.join('\n  '),
      isSnippet: true,
      rank: 5,
    },
  ];
}

function wholePolicy(range: TextRange, name: string): CompletionItem {
  const shown = /^[\w.-]+$/.test(name) ? name : 'policy';
  return {
    label: 'policy',
    kind: 'snippet',
    detail: 'a whole policy',
    documentation: 'A name and a rule with one case.',
    range,
    newText: [
      `name: \${1:${shown}}`,
      'rule:',
      `  id: \${2:${shown}}`,
      '  match:',
      `    - id: \${3:case}`,
      `      condition: \${4:tool.name == "$5"}`,
      `      output: '"\${6|deny,escalate,allow|}"'`,
      '',
    ].join('\n'),
    isSnippet: true,
    rank: 1,
  };
}
