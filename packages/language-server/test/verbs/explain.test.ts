import type { LspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hover, MarkupContent, SignatureHelp } from 'vscode-languageserver';
import { FILES, type File, offsetOf, startDesk, textAt } from './desk.ts';

let client: LspClient;
beforeAll(async () => {
  client = await startDesk();
  await client.until(
    () => client.received.some(({ method }) => method === 'benchbook/status'),
    'a preview',
    30_000,
  );
}, 60_000);
afterAll(() => client.stop());

describe('hover', () => {
  test.each<[string, File, string, string, string]>([
    ['Cedar: an attribute', 'policies/pay.cedar', 'context.input.am|ount < 100', 'amount', 'amount: Long'],
    ['Cedar: a tool', 'policies/pay.cedar', 'Action::"ref|und"', 'Action::"refund"', 'Pays money back'],
    ['Rego: a function', 'policies/desk.rego', 'too_mu|ch(input', 'too_much', 'data.desk.too_much'],
    ['CEL: a variable', 'policies/limits.cel.yaml', 'variables.am|ount', 'amount', 'int'],
    ['CEL: a function', 'policies/limits.cel.yaml', 'si|ze(tool', 'size', 'Code points of a text'],
    ['Cedar: a builtin', 'policies/pay.cedar', 'i|p("10', 'ip', 'ip(value: String): ipaddr'],
    ['Cedar: an entity type', 'policies/pay.cedar', 'is Ag|ent', 'Agent', 'entity Agent in [User]'],
    ['Rego: a type', 'policies/desk.rego', 'input.args.am|ount', 'amount', 'input.args.amount: integer'],
  ])('%s', async (_, path, needle, at, says) => {
    const hover = await client.at<Hover>('textDocument/hover', path, offsetOf(path, needle));
    expect(textAt(FILES[path], hover.range!)).toBe(at);
    expect((hover.contents as MarkupContent).kind).toBe('markdown');
    expect((hover.contents as MarkupContent).value).toContain(says);
  });
});

describe('counts in hovers', () => {
  test.each<[string, File, string, string]>([
    ['Cedar: a policy', 'policies/pay.cedar', '@id("sm|all")', '`small`: decides 1 allow of 2 calls'],
    [
      'Cedar: a condition',
      'policies/pay.cedar',
      'context.input.amount |< 100',
      'true on 1, false on 1 of 2 calls\n\n`small`: decides 1 allow of 2 calls',
    ],
    ['Rego: a rule', 'policies/desk.rego', 'de|ny contains', '`desk.deny`: decides 1 deny of 2 calls'],
    ['CEL: a case', 'policies/limits.cel.yaml', 'out|put: "false"', '`limits/0`: decides 1 deny of 2 calls'],
  ])('%s', async (_, path, needle, says) => {
    const hover = await client.at<Hover>('textDocument/hover', path, offsetOf(path, needle));
    expect((hover?.contents as MarkupContent | undefined)?.value.split('\n---\n').at(-1)?.trim()).toBe(says);
  });
});

test('an evaluation as a table: values first', async () => {
  const { markdown } = await client.request<{ readonly markdown: string }>('benchbook/evaluate', {
    folder: client.uri('').replace(/\/$/, ''),
    text: JSON.stringify({ tool: { name: 'refund' }, args: { amount: 400 } }),
  });
  expect(markdown.slice(markdown.indexOf('| value'))).toBe(
    [
      '| value | condition | operands | where |',
      '| --- | --- | --- | --- |',
      '| false | `context.input.amount < 100` | `args.amount is 400` | policies/pay\\.cedar:8 |',
      '| false | `context.input.amount > 900 && ip("10.0.0.1").isLoopback()` |  | policies/pay\\.cedar:12 |',
      '| false | `context.input.amount > 900` | `args.amount is 400` | policies/pay\\.cedar:12 |',
      '| unreached | `ip("10.0.0.1").isLoopback()` |  | policies/pay\\.cedar:12 |',
      '| true | `variables.amount > 100 && size(tool.name) > 2` |  | policies/limits\\.cel\\.yaml:7 |',
      '| true | `variables.amount > 100` | `args.amount is 400` | policies/limits\\.cel\\.yaml:7 |',
      '| true | `size(tool.name) > 2` | `the size of tool.name is 6` | policies/limits\\.cel\\.yaml:7 |',
      '| true | `too_much(input.args.amount)` |  | policies/desk\\.rego:7 |',
      '| true | `amount > limit` |  | policies/desk\\.rego:9 |',
    ].join('\n'),
  );
});

describe('signature help', () => {
  test.each<[string, File, string, string, string]>([
    ['Cedar: an extension function', 'policies/pay.cedar', 'ip(|"10', 'ip', 'String'],
    ['Rego: an own function', 'policies/desk.rego', 'too_much(|input', 'too_much', 'amount'],
    ['CEL: a function', 'policies/limits.cel.yaml', 'size(|tool', 'size', 'value'],
  ])('%s', async (_, path, needle, name, parameter) => {
    const help = await client.at<SignatureHelp>('textDocument/signatureHelp', path, offsetOf(path, needle));
    const active = help.signatures[help.activeSignature ?? 0]!;
    const [start, end] = active.parameters![help.activeParameter ?? 0]!.label as [number, number];
    expect(active.label.slice(0, name.length + 1)).toBe(`${name}(`);
    expect(active.label.slice(start, end)).toContain(parameter);
  });
});
