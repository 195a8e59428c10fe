import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolDefinition } from '@benchbook/model';
import { expect, test } from 'vitest';
import { load, openSession, sourceFiles } from './support.ts';

test('formatting is Cedar’s own, comments kept, and stable', async () => {
  const session = await openSession();
  const format = (text: string) => {
    session.update({ files: sourceFiles({ 'a.cedar': text }), tools: [], agents: [], numbers: [] });
    return session.language.format!('a.cedar');
  };
  const messy = '// why\npermit(principal,action,resource) when{context.a};';
  const formatted = '// why\npermit (principal, action, resource)\nwhen { context.a };\n';
  expect(format(messy)).toEqual([{ range: { start: 0, end: messy.length }, newText: formatted }]);
  expect(format(formatted)).toEqual([]);
  expect(format('permit(')).toBe(null);
  expect(format(`permit (principal, action, resource) when { ${'('.repeat(3000)}`)).toBe(null);
  expect(session.language.format!('none.cedar')).toBe(null);
});

const TOOLS: ToolDefinition[] = [
  {
    name: 'pay "now"',
    server: 'bank',
    description: 'Pays.\nAt once */ // really',
    inputSchema: {
      type: 'object',
      required: ['amount', 'to', 'if', 'note'],
      properties: {
        amount: { type: 'number' },
        to: { $ref: '#/$defs/Party' },
        if: { enum: ['a', 'b'] },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        'a-b': { type: 'array', items: { type: 'integer' } },
        either: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
        any: {},
        loop: { $ref: '#/$defs/Loop' },
      },
      $defs: {
        Party: {
          type: 'object',
          properties: { iban: { type: 'string' }, no: { type: ['integer', 'null'] } },
        },
        Loop: { type: 'object', properties: { next: { $ref: '#/$defs/Loop' } } },
      },
    },
  },
  { name: 'get_balance' },
];

test('a schema and first policies from tools', async () => {
  const session = await openSession();
  const [schema, starter] = session.language.scaffold!({
    tools: TOOLS,
    agents: [
      { id: 'a', attributes: { tier: 'low', limit: 2.5, mixed: 1 } },
      { id: 'b', attributes: { tier: 'high', mixed: 'x', owner: null } },
    ],
  });
  await expect(schema!.text).toMatchFileSnapshot('expected/tools.cedarschema');
  await expect(starter!.text).toMatchFileSnapshot('expected/starter.cedar');
  const { diagnostics, decide } = await load({
    [schema!.path]: schema!.text,
    [starter!.path]: starter!.text,
  });
  expect(diagnostics).toEqual([]);
  expect(decide({ tool: { name: 'get_balance' }, args: {} }).outcome).toBe('allow');
  expect(decide({ tool: { name: 'pay "now"' }, args: {} }).outcome).toBe('escalate');
  expect(decide({ tool: { name: 'other' }, args: {} }).basis).toBe('defaulted');
});

test('the order of tools does not matter, none gives nothing', async () => {
  const session = await openSession();
  const scaffold = (tools: readonly ToolDefinition[]) => session.language.scaffold!({ tools, agents: [] });
  expect(scaffold(TOOLS.toReversed())).toEqual(scaffold(TOOLS));
  expect(scaffold([])).toEqual([]);
});

const corpora = process.env.BENCHBOOK_CORPORA ?? '';
const folder = join(corpora, 'tools');

// Public recordings lie beside the repository, not in it: BENCHBOOK_CORPORA names their folder.
test.skipIf(!corpora || !existsSync(folder))(
  'a schema for the AgentDojo tools loads, and its policies validate',
  async () => {
    const tools = readdirSync(folder).flatMap(
      (file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { tools: ToolDefinition[] }).tools,
    );
    const session = await openSession();
    const [schema, starter] = session.language.scaffold!({ tools, agents: [] });
    const { diagnostics, set } = await load({ [schema!.path]: schema!.text, [starter!.path]: starter!.text });
    expect(diagnostics).toEqual([]);
    expect(set.policies.map(({ name }) => name)).toEqual(['allow-reading', 'allow-acting', 'approve-acting']);
    const names = new Set(tools.map(({ name }) => name));
    expect([...schema!.text.matchAll(/^action /gm)]).toHaveLength(names.size);
  },
);

test('opening says what is wrong with the asset', async () => {
  const { engine } = await import('../src/index.ts');
  const open = (bytes: Uint8Array) => engine.open({ read: async () => bytes }, {});
  await expect(open(new Uint8Array([1, 2, 3]))).rejects.toThrow(
    'cedar_wasm_bg.wasm is not the one of cedar-wasm 4.13.0',
  );
  const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  await expect(open(empty)).rejects.toThrow('cedar_wasm_bg.wasm is not the one of cedar-wasm 4.13.0');
});
