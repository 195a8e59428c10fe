import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadWorkspace } from '../src/index.ts';
import { ENGINES, treeOf } from './tree.ts';

const refund = { name: 'refund', description: 'Pays back', inputSchema: { type: 'object' } };

async function tools(files: Record<string, unknown>) {
  const texts = Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)]);
  const { tools, diagnostics } = await loadWorkspace(treeOf(Object.fromEntries(texts)), ENGINES);
  return { tools, diagnostics };
}

describe('tools', () => {
  test.each([
    ['an answer', 'payments', { tools: [refund] }],
    [
      'a JSON-RPC answer',
      'payments',
      { jsonrpc: '2.0', id: 1, result: { tools: [refund], nextCursor: null } },
    ],
    ['a bare list', 'payments', [refund]],
    ['the name beside the list', 'bank', { server: 'bank', tools: [refund] }],
    ['the name of the server that answered', 'bank', { serverInfo: { name: 'bank' }, tools: [refund] }],
    ["the tool's own server", 'bank', { server: 'x', tools: [{ ...refund, server: 'bank' }] }],
    [
      'the spelling of the Anthropic API',
      'payments',
      [{ name: 'refund', description: 'Pays back', input_schema: { type: 'object' } }],
    ],
  ])('from %s', async (_name, server, value) => {
    expect(await tools({ 'tools/payments.json': value })).toEqual({
      tools: [{ ...refund, server }],
      diagnostics: [],
    });
  });

  test('in a file with a general name are of any server', async () => {
    expect((await tools({ 'tools/tools.json': [refund] })).tools).toEqual([refund]);
  });

  test('keep integers beyond 2^53 in their schemas', async () => {
    const text = '[{"name":"a","inputSchema":{"maximum":9223372036854775807,"__proto__":{"x":1}}}]';
    const { tools } = await loadWorkspace(treeOf({ 'tools/s.json': text }), ENGINES);
    const schema = tools[0]?.inputSchema as Record<string, unknown>;
    expect(schema.maximum).toBe(9223372036854775807n);
    expect([Object.keys(schema), Object.getPrototypeOf(schema)]).toEqual([
      ['maximum', '__proto__'],
      Object.prototype,
    ]);
  });

  test('that are none are told one by one, the rest is taken', async () => {
    const { tools: taken, diagnostics } = await tools({
      'tools/a.json': { tools: [refund, 3, { name: '' }, { name: 'x', inputSchema: 'no' }, refund] },
      'tools/b.json': { resources: [] },
    });
    expect(taken).toEqual([{ ...refund, server: 'a' }]);
    expect(diagnostics.map((d) => [d.code, d.file, d.message])).toEqual([
      [
        'tools-invalid',
        'tools/a.json',
        'a tool must be an object; expected an answer of MCP tools/list: { "tools": [{ "name": ..., "inputSchema": ... }] }',
      ],
      ['tools-invalid', 'tools/a.json', 'a tool needs a `name`'],
      ['tools-invalid', 'tools/a.json', '`inputSchema` of the tool `x` must be a JSON Schema object'],
      [
        'tool-repeated',
        'tools/a.json',
        'the tool `refund` is already defined in tools/a.json; this one is left out',
      ],
      [
        'tools-invalid',
        'tools/b.json',
        'expected an answer of MCP tools/list: { "tools": [{ "name": ..., "inputSchema": ... }] }',
      ],
    ]);
  });

  test('that are no JSON name the place', async () => {
    const { diagnostics } = await loadWorkspace(treeOf({ 'tools/s.json': '{"tools": [' }), ENGINES);
    expect(diagnostics.map((d) => [d.code, d.file, d.range?.start, d.fatal])).toEqual([
      ['data-syntax', 'tools/s.json', 11, true],
    ]);
  });

  const corpora = process.env.BENCHBOOK_CORPORA;
  // The corpora lie outside the repository; without the variable there is nothing to read.
  test.skipIf(!corpora)('of the AgentDojo suites are named as their recordings name them', async () => {
    const files: Record<string, string> = {};
    for (const name of ['banking', 'slack', 'travel', 'workspace'])
      files[`tools/${name}.json`] = await readFile(join(corpora!, 'tools', `${name}.json`), 'utf8');
    const { tools, diagnostics } = await loadWorkspace(treeOf(files), ENGINES);
    expect(diagnostics).toEqual([]);
    const counts = new Map<string | undefined, number>();
    for (const { server } of tools) counts.set(server, (counts.get(server) ?? 0) + 1);
    expect([...counts]).toEqual([
      ['banking', 11],
      ['slack', 11],
      ['travel', 28],
      ['workspace', 24],
    ]);
  });
});

describe('agents', () => {
  async function agents(files: Record<string, string>) {
    const { agents, diagnostics } = await loadWorkspace(treeOf(files), ENGINES);
    return { agents, diagnostics: diagnostics.map((d) => [d.code, d.file, d.message]) };
  }

  test('from one card, a list and a wrapped list, YAML or JSON', async () => {
    const found = await agents({
      'agents/a.yaml': 'id: a\nriskTier: high\nlimits: { amount: 100 }\n',
      'agents/b.json': '[{"id": "b"}, {"id": "c", "__proto__": {"admin": true}}]',
      'agents/d.yml': 'agents:\n  - id: d\n    model: m\n',
    });
    expect(found.diagnostics).toEqual([]);
    expect(found.agents.map(({ id, attributes }) => [id, JSON.stringify(attributes)])).toEqual([
      ['a', '{"riskTier":"high","limits":{"amount":100}}'],
      ['b', '{}'],
      ['c', '{"__proto__":{"admin":true}}'],
      ['d', '{"model":"m"}'],
    ]);
    expect((found.agents[2]!.attributes as { admin?: unknown }).admin).toBe(undefined);
  });

  test('without an id, or with one that is taken, are told', async () => {
    const found = await agents({
      'agents/a.yaml': 'id: a',
      'agents/b.yaml': 'name: b',
      'agents/c.yaml': '[{ id: a }]',
    });
    expect(found.agents).toEqual([{ id: 'a', attributes: {} }]);
    expect(found.diagnostics).toEqual([
      ['agent-invalid', 'agents/b.yaml', 'an agent card needs an `id`: the agent id that recordings name'],
      [
        'agent-repeated',
        'agents/c.yaml',
        'the agent `a` is already registered in agents/a.yaml; keep one card',
      ],
    ]);
  });

  test('catalogs are handed on as values', async () => {
    const { catalogs } = await loadWorkspace(
      treeOf({ 'catalogs/own.yaml': 'framework: own\nitems: []' }),
      ENGINES,
    );
    expect(catalogs).toEqual([{ path: 'catalogs/own.yaml', value: { framework: 'own', items: [] } }]);
  });
});
