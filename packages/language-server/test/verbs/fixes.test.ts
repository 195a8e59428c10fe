import { dedent } from '@benchbook/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver';
import { CEDARSCHEMA, offsets, openSheet, type Sheet } from './sheet.ts';

const MANIFEST = { 'benchbook.yaml': 'version: 1\ncontrols: [eu-ai-act@2026-07-27]\n' };

let sheet: Sheet;
/** The same where Cedar has a schema. */
let typed: Sheet;
beforeAll(async () => {
  sheet = await openSheet(MANIFEST);
  typed = await openSheet({ ...MANIFEST, 'policies/s.cedarschema': CEDARSCHEMA });
}, 90_000);
afterAll(async () => {
  await sheet.client.stop();
  await typed.client.stop();
});

const CEDAR = 'policies/a.cedar';
const REGO = 'policies/a.rego';
const YAML = 'policies/a.cel.yaml';
const ONE = 'policies/a.cel';

/** Every action at the `|`, once what is told of the text is known, as `code: title` and what it makes of the text. */
async function actions(
  { client, at, told }: Sheet,
  path: string,
  marked: string,
): Promise<[string, string][]> {
  const before = client.text(path);
  await at('textDocument/hover', path, marked);
  const text = client.text(path);
  // What is told of the same text is not told again.
  if (text !== before)
    await expect.poll(() => told(path).includes('(nothing is told'), { timeout: 10_000 }).toBe(false);
  const lines = marked.slice(0, marked.indexOf('|')).split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  const found = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: client.uri(path) },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  return found.map(({ title, diagnostics, edit }) => {
    const [{ edits }] = edit!.documentChanges as [TextDocumentEdit];
    const after = edits
      .map((each) => ({
        ...offsets(text, each.range),
        newText: 'snippet' in each ? each.snippet.value : each.newText,
      }))
      .sort((a, b) => b.start - a.start)
      .reduce((so, { start, end, newText }) => so.slice(0, start) + newText + so.slice(end), text);
    const [of] = diagnostics ?? [];
    return [of ? `${of.code}: ${title}` : title, after];
  });
}

const RULE = (lines: string): string => `package a\n\ndeny if {\n${lines.replace(/^/gm, '  ')}\n}\n`;
const CASE = (condition: string): string => dedent`
  name: a
  rule:
    match:
      - id: one
        condition: ${condition}
        output: "false"
  `;

test.each<[string, string, string, string, string, 'typed'?]>([
  [
    'Cedar: did you mean a tool',
    CEDAR,
    'permit (principal, action == Action::"ref|nd", resource);',
    'unknown-tool: Change to `refund`',
    'permit (principal, action == Action::"refund", resource);',
  ],
  [
    'Cedar: did you mean an argument',
    CEDAR,
    'permit (principal, action == Action::"refund", resource) when { context.input.amu|ont > 3 };',
    'unknown-argument: Change to `amount`',
    'permit (principal, action == Action::"refund", resource) when { context.input.amount > 3 };',
  ],
  [
    'Cedar: did you mean an entity type',
    CEDAR,
    'permit (principal is Ag|nt, action, resource);',
    'cedar-validation-error: Change to `Agent`',
    'permit (principal is Agent, action, resource);',
    'typed',
  ],
  [
    'Cedar: a missing @id',
    CEDAR,
    'per|mit (principal, action == Action::"refund", resource);',
    'Add @id("permit-refund")',
    '@id("permit-refund")\npermit (principal, action == Action::"refund", resource);',
  ],
  [
    'Cedar: a control',
    CEDAR,
    '@id("a")\nper|mit (principal, action, resource);',
    'Add a control',
    '@id("a")\n@eu_ai_act("$0")\npermit (principal, action, resource);',
  ],
  [
    'Cedar: a superseded article',
    CEDAR,
    '@id("a")\n@eu_ai_act("5|2(1)")\npermit (principal, action, resource);',
    'ctl/draft-number: Write 50 (transparency to people)',
    '@id("a")\n@eu_ai_act("50")\npermit (principal, action, resource);',
  ],
  [
    'Cedar: `has`, which the schema asks for',
    CEDAR,
    'permit (principal is Agent, action, resource) when { principal.ow|ner == "x" };',
    'cedar-validation-error: Test `principal has owner` first',
    'permit (principal is Agent, action, resource) when { principal has owner && principal.owner == "x" };',
    'typed',
  ],
  [
    'Cedar: `has`, where some recorded call does not have it',
    CEDAR,
    'permit (principal, action == Action::"refund", resource) when { context.input.rea|son == "late" };',
    'Test `context.input has reason` first',
    'permit (principal, action == Action::"refund", resource) when { context.input has reason && context.input.reason == "late" };',
  ],
  [
    'Rego: did you mean a tool',
    REGO,
    RULE('input.tool.name == "ref|nd"'),
    'unknown-tool: Change to `refund`',
    RULE('input.tool.name == "refund"'),
  ],
  [
    'Rego: did you mean an argument',
    REGO,
    RULE('input.tool.name == "refund"\ninput.args.amu|ont > 3'),
    'unknown-argument: Change to `amount`',
    RULE('input.tool.name == "refund"\ninput.args.amount > 3'),
  ],
  [
    'Rego: a title and a control for a rule',
    REGO,
    'package a\n\nde|ny if true\n',
    'Add a control to `deny`',
    'package a\n\n# METADATA\n# title: deny\n# custom:\n#   controls:\n#     $0\ndeny if true\n',
  ],
  [
    'Rego: a superseded article',
    REGO,
    'package a\n\n# METADATA\n# custom:\n#   controls:\n#     eu-ai-act: ["5|2(1)"]\ndeny if true\n',
    'ctl/draft-number: Write 50 (transparency to people)',
    'package a\n\n# METADATA\n# custom:\n#   controls:\n#     eu-ai-act: ["50"]\ndeny if true\n',
  ],
  [
    'Rego: what may be absent, first',
    REGO,
    RULE('input.args.rea|son == "late"'),
    'Require `input.args.reason` first',
    RULE('input.args.reason != null\ninput.args.reason == "late"'),
  ],
  [
    'Rego: what may be absent, by default',
    REGO,
    RULE('input.args.rea|son == "late"'),
    'Read `input.args.reason` with a default',
    RULE('object.get(input, ["args", "reason"], $0null) == "late"'),
  ],
  [
    'CEL: did you mean a tool',
    YAML,
    CASE('tool.name == "ref|nd"'),
    'unknown-tool: Change to `refund`',
    CASE('tool.name == "refund"'),
  ],
  [
    'CEL: did you mean an argument',
    YAML,
    CASE('tool.name == "refund" && args.amu|ont > 3'),
    'unknown-argument: Change to `amount`',
    CASE('tool.name == "refund" && args.amount > 3'),
  ],
  [
    'CEL: a missing id of a case',
    YAML,
    'name: a\nrule:\n  match:\n    - out|put: "false"\n',
    'Add an id to this case',
    'name: a\nrule:\n  match:\n    - id: case-1\n      output: "false"\n',
  ],
  [
    'CEL: a missing id of a rule',
    YAML,
    'name: a\nru|le:\n  match:\n    - id: one\n      output: "false"\n',
    'Add an id to this rule',
    'name: a\nrule:\n  id: a\n  match:\n    - id: one\n      output: "false"\n',
  ],
  [
    'CEL: a control',
    YAML,
    'name: a\nrule:\n  match:\n    - id: o|ne\n      output: "false"\n',
    'Add a control',
    'name: a\nrule:\n  match:\n    # @controls $0\n    - id: one\n      output: "false"\n',
  ],
  [
    'CEL: a superseded article',
    YAML,
    'name: a\nrule:\n  match:\n    # @controls eu-ai-act:5|2(1)\n    - id: one\n      output: "false"\n',
    'ctl/draft-number: Write 50 (transparency to people)',
    'name: a\nrule:\n  match:\n    # @controls eu-ai-act:50\n    - id: one\n      output: "false"\n',
  ],
  [
    'CEL: `has`',
    YAML,
    CASE('tool.name == "refund" && args.rea|son == "late"'),
    'Ask for the field first: `has(args.reason) && ...`',
    CASE('tool.name == "refund" && has(args.reason) && args.reason == "late"'),
  ],
  [
    'CEL, one expression: did you mean a function',
    ONE,
    'si|ez(tool.name) > 2',
    'cel-type-error: Change to `size`',
    'size(tool.name) > 2',
  ],
  [
    'CEL, one expression: a control',
    ONE,
    'args.am|ount > 2',
    'Add a control',
    '// @controls $0\nargs.amount > 2',
  ],
])('%s', async (_, path, marked, title, result, schema) => {
  const found = await actions(schema ? typed : sheet, path, marked);
  // The same change is offered once.
  expect(new Set(found.map(([, after]) => after)).size).toBe(found.length);
  expect(found.find(([name]) => name === title) ?? found).toEqual([title, result]);
});
