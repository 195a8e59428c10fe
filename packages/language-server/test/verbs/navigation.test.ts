import { dedent, type LspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentHighlight, Location } from 'vscode-languageserver';
import { FILES, type File, offsetOf, shown, startDesk } from './desk.ts';

let client: LspClient;
beforeAll(async () => {
  client = await startDesk();
}, 60_000);
afterAll(() => client.stop());

/** Locations as marked text, each file under its name. */
function located(found: readonly Location[]): string {
  return (Object.keys(FILES) as File[])
    .map((path) => ({ path, marks: found.filter(({ uri }) => uri === client.uri(path)) }))
    .filter(({ marks }) => marks.length > 0)
    .map(({ path, marks }) => `${path}\n${shown(FILES[path], marks)}`)
    .join('\n');
}

const HIGHLIGHT = { 1: 'text', 2: 'read', 3: 'write' };

const CEDAR = 'policies/pay.cedar';
const REGO = 'policies/desk.rego';
const CEL = 'policies/limits.cel.yaml';

describe('definition', () => {
  test.each<[string, File, string, string]>([
    [
      'Cedar: an attribute in the schema',
      CEDAR,
      'context.input.am|ount < 100',
      dedent`
        policies/pay.cedarschema
          context: { input: { amount: Long, "reason"?: String } }
                              ^^^^^^
        `,
    ],
    [
      'Cedar: an entity type in the schema',
      CEDAR,
      'is Ag|ent',
      dedent`
        policies/pay.cedarschema
        entity Agent in [User];
               ^^^^^
        `,
    ],
    [
      'Rego: a function',
      REGO,
      'too_mu|ch(input',
      dedent`
        policies/desk.rego
        too_much(amount) if amount > limit
        ^^^^^^^^
        `,
    ],
    [
      'CEL: a variable of the policy',
      CEL,
      'variables.am|ount',
      dedent`
        policies/limits.cel.yaml
            - name: amount
                    ^^^^^^
        `,
    ],
  ])('%s', async (_, path, needle, expected) => {
    const found = await client.at<Location[]>('textDocument/definition', path, offsetOf(path, needle));
    expect(located(found)).toBe(expected);
  });
});

describe('references', () => {
  test.each<[string, File, string, boolean, string]>([
    [
      'Rego: all of a function',
      REGO,
      'too_mu|ch(input',
      true,
      dedent`
        policies/desk.rego
        deny contains "too much" if too_much(input.args.amount)
                                    ^^^^^^^^
        too_much(amount) if amount > limit
        ^^^^^^^^
        `,
    ],
    [
      'Rego: without the definition',
      REGO,
      'too_mu|ch(input',
      false,
      dedent`
        policies/desk.rego
        deny contains "too much" if too_much(input.args.amount)
                                    ^^^^^^^^
        `,
    ],
    [
      'CEL: a variable',
      CEL,
      '- name: am|ount',
      true,
      dedent`
        policies/limits.cel.yaml
            - name: amount
                    ^^^^^^
            - condition: variables.amount > 100 && size(tool.name) > 2
                                   ^^^^^^
        `,
    ],
    [
      'Cedar: an entity type, schema included',
      CEDAR,
      'is Ag|ent',
      true,
      dedent`
        policies/pay.cedarschema
        entity Agent in [User];
               ^^^^^
          principal: [Agent],
                      ^^^^^
        policies/pay.cedar
          principal is Agent,
                       ^^^^^
        `,
    ],
  ])('%s', async (_, path, needle, includeDeclaration, expected) => {
    const found = await client.at<Location[]>('textDocument/references', path, offsetOf(path, needle), {
      context: { includeDeclaration },
    });
    expect(located(found)).toBe(expected);
  });
});

describe('highlights', () => {
  test.each<[string, File, string, string]>([
    [
      'Cedar',
      CEDAR,
      'is Ag|ent',
      dedent`
          principal is Agent,
                       ^^^^^ read
        `.replace(/^/gm, '  '),
    ],
    [
      'Rego',
      REGO,
      'too_mu|ch(input',
      dedent`
        deny contains "too much" if too_much(input.args.amount)
                                    ^^^^^^^^ read
        too_much(amount) if amount > limit
        ^^^^^^^^ write
        `,
    ],
    [
      'CEL',
      CEL,
      'variables.am|ount',
      dedent`
        .   - name: amount
                    ^^^^^^ write
            - condition: variables.amount > 100 && size(tool.name) > 2
                                   ^^^^^^ read
        `.replace(/^\./, ' '),
    ],
  ])('%s', async (_, path, needle, expected) => {
    const found = await client.at<DocumentHighlight[]>(
      'textDocument/documentHighlight',
      path,
      offsetOf(path, needle),
    );
    const marks = found.map(({ range, kind }) => ({ range, label: HIGHLIGHT[kind ?? 1] }));
    expect(shown(FILES[path], marks)).toBe(expected);
  });
});
