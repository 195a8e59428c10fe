import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoldingRange, SignatureHelp, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { openSheet, type Sheet } from './sheet.ts';

let sheet: Sheet;
beforeAll(async () => {
  sheet = await openSheet();
}, 60_000);
afterAll(() => sheet.client.stop());

const CEDAR = 'policies/a.cedar';
const REGO = 'policies/a.rego';
const YAML = 'policies/a.cel.yaml';
const ONE = 'policies/a.cel';
const CASE = (condition: string, output = '"false"'): string =>
  `name:   a\nrule:\n  match:\n    - id: one   # why\n      condition: ${condition}\n      output: ${output}\n`;

describe('formatting', () => {
  test.each<[string, string, string, string | null]>([
    [
      'Cedar',
      CEDAR,
      'permit(principal,action,resource)when{1==2};',
      'permit (principal, action, resource)\nwhen { 1 == 2 };\n',
    ],
    ['Rego', REGO, 'package a\ndeny   if {\n  1==2\n}\n', 'package a\n\ndeny if {\n\t1 == 2\n}\n'],
    ['CEL: one expression', ONE, 'args.a==1&&args . b  !=  -1', 'args.a == 1 && args.b != -1\n'],
    ['CEL in YAML: a plain expression alone, no YAML', YAML, CASE('args.a==1'), CASE('args.a == 1')],
    ['CEL in YAML: nothing where quotes or blocks stand', YAML, CASE(`'args.a==1'`), CASE(`'args.a==1'`)],
    ['Cedar that does not parse', CEDAR, 'permit(', null],
    ['Rego that does not parse', REGO, 'package a\ndeny if {', null],
    ['CEL that does not parse', ONE, 'args.a ==', null],
    ['CEL in YAML that does not parse', YAML, CASE('args.a =='), null],
  ])('%s', async (_, path, text, expected) => {
    await sheet.write(path, text);
    const { client } = sheet;
    const edits = await client.request<TextEdit[] | null>('textDocument/formatting', {
      textDocument: { uri: client.uri(path) },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits && TextDocument.applyEdits(TextDocument.create('x', '', 0, text), edits)).toBe(expected);
  });
});

describe('signature help, in text that does not parse', () => {
  test.each<[string, string, string, string, string]>([
    [
      'Cedar: an extension function',
      CEDAR,
      'permit (principal, action, resource) when { decimal(|',
      'decimal(value: String): decimal',
      'value: String',
    ],
    [
      'Cedar: a method',
      CEDAR,
      'permit (principal, action, resource) when { decimal("1.0").lessThan(|',
      'decimal.lessThan(other: decimal): Bool',
      'other: decimal',
    ],
    [
      'Rego: a builtin',
      REGO,
      'package a\n\ndeny if sprintf("%v", |',
      'sprintf(format: string, values: array[any]) -> string',
      'values: array[any]',
    ],
    [
      'Rego: a function of another package',
      REGO,
      'package a\n\nimport data.lib\n\ndeny if lib.small(|',
      'small(x)',
      'x',
    ],
    [
      'CEL: a method',
      YAML,
      CASE('tool.name.startsWith(|'),
      'string.startsWith(prefix: string) -> bool',
      'prefix: string',
    ],
    [
      'CEL: a macro',
      ONE,
      'args.list.exists(i, |',
      '(list | map).exists(item: name, condition: bool) -> bool',
      'condition: bool',
    ],
  ])('%s', async (_, path, marked, label, parameter) => {
    const help = await sheet.at<SignatureHelp>('textDocument/signatureHelp', path, marked);
    const active = help.signatures[help.activeSignature ?? 0]!;
    const [start, end] = active.parameters![help.activeParameter ?? 0]!.label as [number, number];
    expect([active.label, active.label.slice(start, end)]).toEqual([label, parameter]);
  });
});

test.each<[string, string, string, [number, number][]]>([
  ['Cedar', CEDAR, '@id("a")\npermit (\n  principal,\n  action,\n  resource\n);\n', [[0, 4]]],
  [
    'Rego',
    REGO,
    '# one\n# two\npackage a\n\ndeny if {\n  1 == 2\n}\n',
    [
      [0, 1],
      [4, 5],
    ],
  ],
  [
    'CEL',
    ONE,
    '// one\n// two\nargs.list.exists(i,\n  i > 3\n)\n',
    [
      [0, 1],
      [2, 3],
    ],
  ],
])('folding of %s, comments too', async (_, path, text, expected) => {
  await sheet.write(path, text);
  const { client } = sheet;
  const found = await client.request<FoldingRange[]>('textDocument/foldingRange', {
    textDocument: { uri: client.uri(path) },
  });
  expect(found.map(({ startLine, endLine }) => [startLine, endLine])).toEqual(expected);
});
