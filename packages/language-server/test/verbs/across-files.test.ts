import { dedent } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Location, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { shown } from './desk.ts';
import { openSheet, type Sheet } from './sheet.ts';

const FILES: Readonly<Record<string, string>> = {
  'policies/t.cedar': dedent`
    @id("ask")
    permit (principal == ?principal, action, resource);
    `,
  'policies/t.links.json':
    '[{ "template_id": "ask", "link_id": "x", "args": { "?principal": "Agent::\\"bot\\"" } }]',
  'policies/b.rego': dedent`
    package b

    import data.lib
    import data.lib.limit as most

    deny if {
      amount := input.args.amount
      not lib.small(amount)
      amount > most
    }
    `,
  'policies/lib.rego': 'package lib\n\nsmall(x) if x < 100\n\nlimit := 9\n',
  'policies/b.cel.yaml': dedent`
    name: b
    rule:
      id: pay
      match:
        - id: large
          condition: args.list.exists(i, i > 3)
          output: "false"
    `,
  'policies/b.controls.yaml': 'pay/large: none\n',
};

let sheet: Sheet;
beforeAll(async () => {
  sheet = await openSheet(FILES);
}, 60_000);
afterAll(() => sheet.client.stop());

/** The offset of `|` in a part of a file. */
function at(path: string, needle: string): number {
  const start = FILES[path]!.indexOf(needle.replace('|', ''));
  if (start < 0) throw new Error(`'${needle}' is not in ${path}`);
  return start + needle.indexOf('|');
}

/** Locations as marked text, each file under its name. */
function located(found: readonly Location[]): string {
  return Object.entries(FILES)
    .map(([path, text]) => ({ path, text, marks: found.filter(({ uri }) => uri === sheet.client.uri(path)) }))
    .filter(({ marks }) => marks.length > 0)
    .map(({ path, text, marks }) => `${path}\n${shown(text, marks)}`)
    .join('\n');
}

const ROWS: [string, string, string, string, string, string, Record<string, string>][] = [
  [
    'Cedar: a template and its links',
    'policies/t.links.json',
    '"as|k"',
    dedent`
      policies/t.cedar
      @id("ask")
           ^^^
      `,
    [
      'policies/t.cedar',
      '@id("ask")',
      '     ^^^',
      'policies/t.links.json',
      '[{ "template_id": "ask", "link_id": "x", "args": { "?principal": "Agent::\\"bot\\"" } }]',
      '                   ^^^',
    ].join('\n'),
    'wait',
    {
      'policies/t.cedar': dedent`
      @id("wait")
      permit (principal == ?principal, action, resource);
      `,
      'policies/t.links.json': [
        '[{ "template_id": "wait", "link_id": "x", "args": { "?principal": "Agent::\\"bot\\"" } }]',
      ].join('\n'),
    },
  ],
  [
    'Rego: a function of another package',
    'policies/b.rego',
    'lib.sm|all',
    dedent`
      policies/lib.rego
      small(x) if x < 100
      ^^^^^
      `,
    dedent`
      policies/b.rego
        not lib.small(amount)
                ^^^^^
      policies/lib.rego
      small(x) if x < 100
      ^^^^^
      `,
    'tiny',
    {
      'policies/b.rego': dedent`
      package b

      import data.lib
      import data.lib.limit as most

      deny if {
        amount := input.args.amount
        not lib.tiny(amount)
        amount > most
      }
      `,
      'policies/lib.rego': 'package lib\n\ntiny(x) if x < 100\n\nlimit := 9\n',
    },
  ],
  [
    'Rego: an import',
    'policies/b.rego',
    '> mo|st',
    dedent`
      policies/lib.rego
      limit := 9
      ^^^^^
      `,
    dedent`
      policies/b.rego
      import data.lib.limit as most
                               ^^^^
        amount > most
                 ^^^^
      `,
    'top',
    {
      'policies/b.rego': dedent`
      package b

      import data.lib
      import data.lib.limit as top

      deny if {
        amount := input.args.amount
        not lib.small(amount)
        amount > top
      }
      `,
    },
  ],
  [
    'Rego: a variable',
    'policies/b.rego',
    'small(am|ount)',
    dedent`
      policies/b.rego
        amount := input.args.amount
        ^^^^^^
      `,
    dedent`
      policies/b.rego
        amount := input.args.amount
        ^^^^^^
        not lib.small(amount)
                      ^^^^^^
        amount > most
        ^^^^^^
      `,
    'cents',
    {
      'policies/b.rego': dedent`
      package b

      import data.lib
      import data.lib.limit as most

      deny if {
        cents := input.args.amount
        not lib.small(cents)
        cents > most
      }
      `,
    },
  ],
  [
    'CEL: the id of a rule and its sidecar',
    'policies/b.controls.yaml',
    'pa|y/',
    dedent`
      policies/b.cel.yaml
        id: pay
            ^^^
      `,
    dedent`
      policies/b.cel.yaml
        id: pay
            ^^^
      policies/b.controls.yaml
      pay/large: none
      ^^^
      `,
    'spend',
    {
      'policies/b.cel.yaml': dedent`
      name: b
      rule:
        id: spend
        match:
          - id: large
            condition: args.list.exists(i, i > 3)
            output: "false"
      `,
      'policies/b.controls.yaml': 'spend/large: none\n',
    },
  ],
  [
    'CEL: the id of a case and its sidecar',
    'policies/b.controls.yaml',
    'lar|ge',
    dedent`
      policies/b.cel.yaml
          - id: large
                ^^^^^
      `,
    dedent`
      policies/b.cel.yaml
          - id: large
                ^^^^^
      policies/b.controls.yaml
      pay/large: none
          ^^^^^
      `,
    'big',
    {
      'policies/b.cel.yaml': dedent`
      name: b
      rule:
        id: pay
        match:
          - id: big
            condition: args.list.exists(i, i > 3)
            output: "false"
      `,
      'policies/b.controls.yaml': 'pay/big: none\n',
    },
  ],
  [
    'CEL: a variable of a macro',
    'policies/b.cel.yaml',
    '(i, |i > 3',
    dedent`
      policies/b.cel.yaml
            condition: args.list.exists(i, i > 3)
                                        ^
      `,
    dedent`
      policies/b.cel.yaml
            condition: args.list.exists(i, i > 3)
                                        ^
            condition: args.list.exists(i, i > 3)
                                           ^
      `,
    'item',
    {
      'policies/b.cel.yaml': dedent`
      name: b
      rule:
        id: pay
        match:
          - id: large
            condition: args.list.exists(item, item > 3)
            output: "false"
      `,
    },
  ],
];

describe('definition, references and rename', () => {
  test.each(ROWS)('%s', async (_, path, needle, definition, references, newName, renamed) => {
    const { client } = sheet;
    const offset = at(path, needle);
    const defined = await client.at<Location[]>('textDocument/definition', path, offset);
    const used = await client.at<Location[]>('textDocument/references', path, offset, {
      context: { includeDeclaration: true },
    });
    const { documentChanges } = await client.at<WorkspaceEdit>('textDocument/rename', path, offset, {
      newName,
    });
    const changed = (documentChanges as TextDocumentEdit[]).map(({ textDocument, edits }) => {
      const file = Object.keys(FILES).find((each) => client.uri(each) === textDocument.uri)!;
      const before = TextDocument.create(textDocument.uri, '', 0, FILES[file]!);
      return [file, TextDocument.applyEdits(before, edits as TextEdit[])];
    });
    expect(located(defined)).toBe(definition);
    expect(located(used)).toBe(references);
    expect(Object.fromEntries(changed)).toEqual(renamed);
  });
});
