import type { LspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type TextEdit,
} from 'vscode-languageserver';
import { FILES, type File, startDesk, textAt } from './desk.ts';

let client: LspClient;
beforeAll(async () => {
  client = await startDesk();
}, 60_000);
afterAll(() => client.stop());

const CEDAR = 'policies/pay.cedar';
const REGO = 'policies/desk.rego';
const CEL = 'policies/limits.cel.yaml';

/** Types `added` (with the cursor at `|`) at the end of a file, asks, and takes it back. */
async function complete(path: File, added: string): Promise<readonly CompletionItem[]> {
  const before = client.text(path);
  const cursor = added.indexOf('|');
  const typed = added.replace('|', '');
  await client.edit(path, before.length, before.length, typed);
  const list = await client.at<CompletionList>('textDocument/completion', path, before.length + cursor);
  expect(list.isIncomplete).toBe(false);
  for (const { textEdit } of list.items) {
    const { range } = textEdit as TextEdit;
    expect(textAt(client.text(path), range).includes('\n')).toBe(false);
  }
  await client.edit(path, before.length, before.length + typed.length, '');
  expect(client.text(path)).toBe(FILES[path]);
  return list.items;
}

describe('completion', () => {
  test.each<[string, File, string, string[]]>([
    [
      'Cedar: members, in a policy that does not parse',
      CEDAR,
      '\npermit (principal, action, resource) when { context.input.|',
      ['amount', 'reason'],
    ],
    ['Cedar: actions are tools', CEDAR, '\npermit (principal, action == Action::"|', ['refund']],
    [
      'Rego: arguments, in a rule that does not parse',
      REGO,
      '\nescalate if input.args.|',
      ['amount', 'reason'],
    ],
    ['Rego: own functions by their first letters', REGO, '\nescalate if too|', ['too_much']],
    [
      'CEL: arguments, in a condition that does not parse',
      CEL,
      '\n    - condition: args.|',
      ['amount', 'reason'],
    ],
    ['CEL: variables of the policy', CEL, '\n    - condition: variables.|', ['amount']],
  ])('%s', async (_, path, added, labels) => {
    const items = await complete(path, added);
    const matching = items.filter(({ label }) => labels.includes(label));
    expect(matching.map(({ label }) => label).sort()).toEqual(labels);
    // Among members none is that the data does not have.
    if (added.endsWith('.|')) {
      const members = items.filter(
        ({ kind }) => kind === CompletionItemKind.Field || kind === CompletionItemKind.Variable,
      );
      expect(members.map(({ label }) => label).sort()).toEqual(labels);
    }
  });

  test.each<[string, File, string, string]>([
    ['Cedar', CEDAR, '\npermit (principal, action, resource) when { context.input.am|', 'am'],
    ['Rego', REGO, '\nescalate if input.args.am|', 'am'],
    ['CEL', CEL, '\n    - condition: args.am|', 'am'],
  ])(
    '%s: an item tells its type and what recordings show, and replaces what was typed',
    async (_, path, added, typed) => {
      const before = client.text(path);
      const items = await complete(path, added);
      const item = items.find(({ label }) => label === 'amount');
      const { range, newText } = item!.textEdit as TextEdit;
      const plain = added.replace('|', '');
      expect(newText).toBe('amount');
      expect(textAt(before + plain, range)).toBe(typed);
      expect(item?.detail).toMatch(/^(Long|int|number|integer)/);
      expect(JSON.stringify(item?.documentation)).toContain('400');
    },
  );
});
