import type { LspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrepareRenameResult, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FILES, type File, offsetOf, startDesk, textAt } from './desk.ts';

let client: LspClient;
beforeAll(async () => {
  client = await startDesk();
}, 60_000);
afterAll(() => client.stop());

/** The files that an edit changes, as they are afterwards: only lines that differ. */
function changedLines({ documentChanges = [] }: WorkspaceEdit): Record<string, string[]> {
  return Object.fromEntries(
    (documentChanges as TextDocumentEdit[]).map(({ textDocument: { uri, version }, edits }) => {
      const path = (Object.keys(FILES) as File[]).find((each) => client.uri(each) === uri)!;
      expect(version).toBe(1);
      const after = TextDocument.applyEdits(
        TextDocument.create(uri, '', 0, FILES[path]),
        edits as TextEdit[],
      );
      const before = FILES[path].split('\n');
      return [path, after.split('\n').filter((line, index) => line !== before[index])];
    }),
  );
}

describe('rename', () => {
  test.each<[string, File, string, string, string, Record<string, string[]>]>([
    [
      'Rego: a function',
      'policies/desk.rego',
      'too_mu|ch(input',
      'too_much',
      'excessive',
      {
        'policies/desk.rego': [
          'deny contains "too much" if excessive(input.args.amount)',
          'excessive(amount) if amount > limit',
        ],
      },
    ],
    [
      'CEL: a variable of the policy',
      'policies/limits.cel.yaml',
      'variables.am|ount',
      'amount',
      'sum',
      {
        'policies/limits.cel.yaml': [
          '    - name: sum',
          '    - condition: variables.sum > 100 && size(tool.name) > 2',
        ],
      },
    ],
    [
      'Cedar: an entity type, in the schema too',
      'policies/pay.cedar',
      'is Ag|ent',
      'Agent',
      'Bot',
      {
        'policies/pay.cedar': ['  principal is Bot,'],
        'policies/pay.cedarschema': ['entity Bot in [User];', '  principal: [Bot],'],
      },
    ],
  ])('%s', async (_, path, needle, old, newName, expected) => {
    const offset = offsetOf(path, needle);
    const prepared = await client.at<Extract<PrepareRenameResult, { placeholder: string }>>(
      'textDocument/prepareRename',
      path,
      offset,
    );
    expect([prepared.placeholder, textAt(FILES[path], prepared.range)]).toEqual([old, old]);
    expect(changedLines(await client.at('textDocument/rename', path, offset, { newName }))).toEqual(expected);
  });

  test.each<[string, File, string]>([
    ['Rego', 'policies/desk.rego', 'too_mu|ch(input'],
    ['CEL', 'policies/limits.cel.yaml', 'variables.am|ount'],
    ['Cedar', 'policies/pay.cedar', 'is Ag|ent'],
  ])('%s: what is no name is refused in words', async (_, path, needle) => {
    await expect(
      client.at('textDocument/rename', path, offsetOf(path, needle), { newName: 'no name' }),
    ).rejects.toMatchObject({ code: -32803, message: expect.stringContaining('no name') });
  });
});
