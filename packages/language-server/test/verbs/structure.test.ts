import type { LspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  DocumentSymbol,
  FoldingRange,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
} from 'vscode-languageserver';
import { FILES, type File, offsetOf, startDesk, textAt } from './desk.ts';

let client: LspClient;
beforeAll(async () => {
  client = await startDesk();
}, 60_000);
afterAll(() => client.stop());

const about = (path: File) => ({ textDocument: { uri: client.uri(path) } });
const outline = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
  symbols.flatMap(({ name, children }) => [' '.repeat(depth) + name, ...outline(children ?? [], depth + 1)]);

test.each<[string, File, string[]]>([
  ['Cedar', 'policies/pay.cedar', ['small', 'never']],
  ['Rego', 'policies/desk.rego', ['desk', 'limit', 'allow', 'deny', 'too_much']],
  ['CEL', 'policies/limits.cel.yaml', ['limits', ' amount', ' limits/0']],
])('symbols of %s, each selection inside its range', async (_, path, expected) => {
  const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', about(path));
  expect(outline(symbols)).toEqual(expected);
  for (const { range, selectionRange } of symbols) {
    expect(textAt(FILES[path], range)).toContain(textAt(FILES[path], selectionRange));
  }
});

test('workspace symbols of all languages, by what is asked for', async () => {
  const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'm' });
  expect(found.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining(['amount', 'limit', 'limits', 'small', 'too_much']),
  );
  const one = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'too_m' });
  expect(
    one.map(({ name, location }) => [name, textAt(FILES['policies/desk.rego'], location.range)]),
  ).toEqual([['too_much', 'too_much']]);
});

test.each<[string, File, [number, number][]]>([
  [
    'Cedar',
    'policies/pay.cedar',
    [
      [1, 7],
      [9, 11],
    ],
  ],
  ['Rego: no rule of several lines', 'policies/desk.rego', []],
  [
    'CEL',
    'policies/limits.cel.yaml',
    [
      [1, 7],
      [2, 4],
      [3, 4],
      [5, 7],
      [6, 7],
    ],
  ],
])('folding of %s', async (_, path, expected) => {
  const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', about(path));
  expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual(expected);
});

test.each<[string, File, string, string[]]>([
  [
    'Cedar',
    'policies/pay.cedar',
    'context.input.am|ount < 100',
    ['amount', 'context.input.amount', 'context.input.amount < 100'],
  ],
  ['Rego', 'policies/desk.rego', 'amount > li|mit', ['limit', 'too_much(amount) if amount > limit']],
  [
    'CEL',
    'policies/limits.cel.yaml',
    'variables.am|ount',
    ['amount', 'variables.amount', 'variables.amount > 100'],
  ],
])('selection grows in %s, up to the whole file', async (_, path, needle, first) => {
  const offset = offsetOf(path, needle);
  const before = FILES[path].slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
    ...about(path),
    positions: [position],
  });
  const texts: string[] = [];
  for (let each = selection; each; each = each.parent) texts.push(textAt(FILES[path], each.range));
  expect(texts.filter((text) => first.includes(text))).toEqual(first);
  expect(texts.at(-1)!.trim()).toBe(FILES[path].trim());
});

const LEGEND = () => client.initialized.capabilities.semanticTokensProvider!.legend.tokenTypes;

/** Tokens of one line as `text:type`. */
function tokensOf(path: File, { data }: SemanticTokens, wanted: number): string[] {
  const lines = FILES[path].split('\n');
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    if (data[at]! > 0) character = 0;
    line += data[at]!;
    character += data[at + 1]!;
    const text = lines[line]!.slice(character, character + data[at + 2]!);
    if (line === wanted) found.push(`${text}:${LEGEND()[data[at + 3]!]}`);
  }
  return found;
}

test.each<[string, File, number, string[]]>([
  [
    'Cedar, after an umlaut',
    'policies/pay.cedar',
    4,
    ['action:variable', '==:operator', 'Action:type', '"refund":enumMember'],
  ],
  [
    'Rego',
    'policies/desk.rego',
    8,
    [
      'too_much:function',
      'amount:parameter',
      'if:keyword',
      'amount:parameter',
      '>:operator',
      'limit:property',
    ],
  ],
  ['CEL in YAML', 'policies/limits.cel.yaml', 4, ['args:variable', 'amount:property']],
])('semantic tokens of %s, whole and by range', async (_, path, line, expected) => {
  const whole = await client.request<SemanticTokens>('textDocument/semanticTokens/full', about(path));
  expect(tokensOf(path, whole, line)).toEqual(expected);
  const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', {
    ...about(path),
    range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
  });
  expect(tokensOf(path, part, line)).toEqual(expected);
  expect(part.data.length).toBe(expected.length * 5);
});

test('formatting is the real formatter’s', async () => {
  const path = 'policies/pay.cedar';
  const ask = () =>
    client.request<{ readonly newText: string }[]>('textDocument/formatting', {
      ...about(path),
      options: { tabSize: 2, insertSpaces: true },
    });
  const text = client.text(path);
  await client.edit(path, text.length, text.length, '\npermit(principal,action,resource);');
  const edits = await ask();
  expect(
    edits.map(({ newText }) => newText.split('\n').filter((line) => line.startsWith('permit ('))),
  ).toEqual([['permit (', 'permit (principal, action, resource);']]);
  await client.edit(path, text.length, client.text(path).length, '\npermit(');
  expect(await ask()).toBe(null);
  await client.edit(path, text.length, client.text(path).length, '');

  const rego = 'policies/desk.rego';
  await client.edit(rego, 0, 0, '\n\n');
  const formatted = await client.request<{ readonly newText: string }[]>('textDocument/formatting', {
    ...about(rego),
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(formatted[0]?.newText.startsWith('package desk\n')).toBe(true);
});
