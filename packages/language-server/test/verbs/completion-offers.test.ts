import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompletionItemKind, type CompletionList, type MarkupContent } from 'vscode-languageserver';
import { CEDARSCHEMA, openSheet, type Sheet } from './sheet.ts';

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
const REFUND = 'permit (principal, action == Action::"refund", resource) when { ';
const CONDITION = 'name: a\nrule:\n  match:\n    - id: one\n      condition: ';
const OVERSIGHT = ['14(4)(a)', '14(4)(b)', '14(4)(c)', '14(4)(d)', '14(4)(e)'];

type Kind = keyof typeof CompletionItemKind;

/** Text that does not parse; all labels of a kind; of the first its detail and the first line of what it says. */
test.each<[string, string, string, Kind, string[], string, string, 'typed'?]>([
  [
    'Cedar: keywords',
    CEDAR,
    'per|',
    'Keyword',
    ['permit', 'forbid'],
    'effect',
    'Allows what its scope and conditions match, unless some `forbid` matches too.',
  ],
  [
    'Cedar: entity types',
    CEDAR,
    'permit (principal is |',
    'Class',
    ['Agent', 'ToolServer'],
    'entity type',
    'Who acts.',
    'typed',
  ],
  [
    'Cedar: attributes',
    CEDAR,
    'permit (principal is Agent, action, resource) when { principal.|',
    'Field',
    ['owner', 'tier'],
    'String, optional',
    '',
    'typed',
  ],
  [
    'Cedar: actions are tools',
    CEDAR,
    'permit (principal, action == Action::"|',
    'Event',
    ['refund', 'ship', 'mail'],
    'tool of desk',
    'Pays money back.',
  ],
  ['Cedar: arguments', CEDAR, `${REFUND}context.input.|`, 'Field', ['amount', 'reason'], 'Long', 'In cents.'],
  [
    'Cedar: recorded values',
    CEDAR,
    `${REFUND}context.input.reason == |`,
    'Constant',
    ['"late"'],
    'recorded for refund',
    '',
  ],
  [
    'Cedar: builtins',
    CEDAR,
    `${REFUND}d|`,
    'Function',
    ['decimal', 'ip', 'datetime', 'duration'],
    'decimal(value: String): decimal',
    'A number with one to four digits behind the point, such as `decimal("150.00")`. A text of another form is an error.',
  ],
  [
    'Cedar: annotations',
    CEDAR,
    '@|\npermit (',
    'Property',
    ['id', 'effect', 'reason', 'advice', 'obligation', 'controls'],
    'annotation',
    'The name of the policy in reports; unique in its file.',
  ],
  [
    'Cedar: controls',
    CEDAR,
    '@eu_ai_act("14(4)(|',
    'Reference',
    OVERSIGHT,
    'Understand limits, notice anomalies',
    '**eu-ai-act@2026-07-27:14(4)(a)** Understand limits, notice anomalies',
  ],
  [
    'Rego: keywords',
    REGO,
    'package a\n\nd|',
    'Keyword',
    ['import', 'default'],
    'keyword',
    'Makes another document usable under a short name.',
  ],
  [
    'Rego: the call',
    REGO,
    'package a\n\ndeny if {\n  input.|',
    'Field',
    ['agent', 'user', 'tool', 'args', 'session', 'ts', 'context'],
    'object',
    'The agent that asks, with what its card states.',
  ],
  [
    'Rego: tools',
    REGO,
    'package a\n\ndeny if {\n  input.tool.name == "|',
    'Event',
    ['mail', 'refund', 'ship'],
    'tool, 1 recorded',
    '1 recorded call.',
  ],
  [
    'Rego: arguments',
    REGO,
    'package a\n\ndeny if {\n  input.tool.name == "refund"\n  input.args.|',
    'Field',
    ['amount', 'reason'],
    'integer',
    'In cents.',
  ],
  [
    'Rego: recorded values',
    REGO,
    'package a\n\ndeny if {\n  input.args.reason == |',
    'Constant',
    ['"late"'],
    'string',
    '',
  ],
  [
    'Rego: functions of another package',
    REGO,
    'package a\n\nimport data.lib\n\ndeny if lib.|',
    'Function',
    ['small'],
    'small(x)',
    '1 clause in `policies/lib.rego`',
  ],
  [
    'Rego: builtins',
    REGO,
    'package a\n\ndeny if {\n  strings.|',
    'Function',
    ['any_prefix_match', 'any_suffix_match', 'count', 'render_template', 'replace_n', 'reverse', 'split_n'],
    'strings.any_prefix_match(search: any<string, array[string], set[string]>, base: any<string, array[string], set[string]>) -> boolean',
    'Returns true if any of the search strings begins with any of the base strings.',
  ],
  [
    'Rego: annotations',
    REGO,
    'package a\n\n# METADATA\n# |\ndeny if (',
    'Property',
    [
      'title',
      'description',
      'custom',
      'scope',
      'entrypoint',
      'authors',
      'organizations',
      'related_resources',
      'schemas',
    ],
    'METADATA',
    'A name for people.',
  ],
  [
    'Rego: controls',
    REGO,
    'package a\n\n# METADATA\n# custom:\n#   controls:\n#     eu-ai-act: ["14(4)(|',
    'Reference',
    OVERSIGHT,
    'Understand limits, notice anomalies',
    '**eu-ai-act@2026-07-27:14(4)(a)** Understand limits, notice anomalies',
  ],
  [
    'CEL: keys',
    YAML,
    'name: a\nrule:\n  match:\n    - id: one\n      |',
    'Field',
    ['condition', 'output', 'explanation', 'rule'],
    'bool',
    'The case applies where this is true. Without a condition it always applies.',
  ],
  [
    'CEL: keywords and macros',
    YAML,
    `${CONDITION}h|`,
    'Keyword',
    ['has', 'true', 'false', 'null'],
    'has(field: path) -> bool',
    'True where the field is there: `has(args.amount)`. An absent field is an error everywhere else.',
  ],
  [
    'CEL: the call',
    YAML,
    `${CONDITION}agent.|`,
    'Field',
    ['id', 'name', 'version', 'model', 'parentAgentId'],
    'string',
    'Id of the agent.',
  ],
  [
    'CEL: tools',
    YAML,
    `${CONDITION}tool.name == |`,
    'Event',
    ['"refund"', '"ship"', '"mail"'],
    'tool of desk',
    'Tool `refund` of `desk`',
  ],
  [
    'CEL: arguments',
    YAML,
    `${CONDITION}tool.name == "refund" && args.|`,
    'Field',
    ['amount', 'reason'],
    'int',
    '`refund`: int, required — In cents.',
  ],
  [
    'CEL: recorded values',
    YAML,
    `${CONDITION}args.reason == |`,
    'Constant',
    ['"late"'],
    'recorded for refund',
    '',
  ],
  [
    'CEL: builtins',
    YAML,
    `${CONDITION}math.|`,
    'Function',
    [
      'abs',
      'bitAnd',
      'bitNot',
      'bitOr',
      'bitShiftLeft',
      'bitShiftRight',
      'bitXor',
      'ceil',
      'floor',
      'greatest',
      'isFinite',
      'isInf',
      'isNaN',
      'least',
      'round',
      'sign',
      'sqrt',
      'trunc',
    ],
    'math.abs(value: number) -> number',
    'Without its sign.',
  ],
  [
    'CEL: controls',
    YAML,
    'name: a\nrule:\n  match:\n    # @controls eu-ai-act:14(4)(|\n    - id: one\n      output: "',
    'Reference',
    OVERSIGHT,
    'Understand limits, notice anomalies',
    '**eu-ai-act@2026-07-27:14(4)(a)** Understand limits, notice anomalies',
  ],
  [
    'CEL: annotations',
    YAML,
    'name: a\nrule:\n  match:\n    # |\n    - id: one\n      output: "',
    'Property',
    ['@controls'],
    'controls that the policy below serves',
    'References with commas between them, such as `eu-ai-act:14(4)(d)`, or `none: REASON`.',
  ],
  [
    'CEL, one expression: arguments',
    ONE,
    'tool.name == "refund" && args.|',
    'Field',
    ['amount', 'reason'],
    'int',
    '`refund`: int, required — In cents.',
  ],
])('%s', async (_, path, marked, kind, labels, detail, says, schema) => {
  const list = await (schema ? typed : sheet).at<CompletionList>('textDocument/completion', path, marked);
  const items = list.items.filter((item) => item.kind === CompletionItemKind[kind]);
  const documentation = items[0]?.documentation as MarkupContent | undefined;
  expect([
    items.map(({ label }) => label),
    items[0]?.detail,
    (documentation?.value ?? '').split('\n')[0],
  ]).toEqual([labels, detail, says]);
});

test.each<[string, string, string, string]>([
  ['Cedar', CEDAR, `${REFUND}context.input.|`, 'Recorded in 2 calls, such as `40`, `400`.'],
  [
    'Rego',
    REGO,
    'package a\n\ndeny if {\n  input.tool.name == "refund"\n  input.args.|',
    'Examples: `40`, `400`',
  ],
  ['CEL', YAML, `${CONDITION}tool.name == "refund" && args.|`, 'Recorded in 2 calls, e.g. `40`, `400`.'],
])('%s: members tell recorded values', async (_, path, marked, says) => {
  const list = await sheet.at<CompletionList>('textDocument/completion', path, marked);
  const { documentation } = list.items.find(({ label }) => label === 'amount')!;
  expect((documentation as MarkupContent).value.split('\n').at(-1)).toBe(says);
});
