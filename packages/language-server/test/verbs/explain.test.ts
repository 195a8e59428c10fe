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
  ])('%s', async (_, path, needle, at, says) => {
    const hover = await client.at<Hover>('textDocument/hover', path, offsetOf(path, needle));
    expect(textAt(FILES[path], hover.range!)).toBe(at);
    expect((hover.contents as MarkupContent).kind).toBe('markdown');
    expect((hover.contents as MarkupContent).value).toContain(says);
  });
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
