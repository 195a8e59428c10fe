import { describe, expect, test } from 'vitest';
import { readAll, readLines, recording } from './support.ts';

type Value = string | number | { readonly raw: object };
const attributes = (values: Record<string, Value>) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'object'
        ? value.raw
        : typeof value === 'number'
          ? { intValue: String(value) }
          : { stringValue: value },
  }));

const NANO = 1_763_816_461_000_000_000n;
interface SpanOptions {
  readonly parent?: string;
  readonly kind?: number;
  readonly at?: number;
  readonly trace?: string;
  readonly name?: string;
  readonly status?: object;
}
const span = (id: string, values: Record<string, Value>, options: SpanOptions = {}) => ({
  traceId: options.trace ?? 't1',
  spanId: id,
  ...(options.parent === undefined ? {} : { parentSpanId: options.parent }),
  name: options.name ?? id,
  kind: options.kind ?? 1,
  startTimeUnixNano: String(NANO + BigInt(options.at ?? 0) * 1_000_000n + 1n),
  endTimeUnixNano: String(NANO + BigInt(options.at ?? 0) * 1_000_000n + 2_500_001n),
  attributes: attributes(values),
  status: options.status ?? {},
});
const exported = (...spans: object[]) => ({
  resourceSpans: [
    { resource: { attributes: attributes({ 'service.name': 'svc' }) }, scopeSpans: [{ spans }] },
  ],
});
const agent = {
  'gen_ai.operation.name': 'invoke_agent',
  'gen_ai.agent.name': 'Bot',
  'gen_ai.conversation.id': 'c1',
};
const tool = (name: string, args = '{}') => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': name,
  'gen_ai.tool.call.arguments': args,
});

test('agent, conversation and order come from spans that follow on later lines', async () => {
  const { calls, problems } = await readLines(
    exported(span('b', tool('second'), { parent: 'agent', at: 20 })),
    exported(span('a', tool('first'), { parent: 'between', at: 10 })),
    exported(span('between', {}, { parent: 'agent' }), span('agent', agent)),
  );
  expect(problems).toEqual([]);
  expect(calls.map(({ id, tool: { name }, agent: who, src }) => [id, name, who, src.line])).toEqual([
    ['c1#0', 'first', { id: 'Bot', name: 'Bot' }, 2],
    ['c1#1', 'second', { id: 'Bot', name: 'Bot' }, 1],
  ]);
});

test('nanoseconds beyond 2^53 keep every digit', async () => {
  const { calls } = await readLines(exported(span('a', tool('t'))));
  expect(calls[0]!.ts).toBe('2025-11-22T13:01:01.000000001Z');
  expect(calls[0]!.durationMs).toBe(2.5);
  expect(calls[0]!.missing).toEqual([]);
});

test('one call told by agent, client and server is counted once, and knows what each knows', async () => {
  const call = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'mcp__bank__send' };
  const client = {
    'mcp.method.name': 'tools/call',
    'gen_ai.tool.name': 'send',
    'gen_ai.tool.call.arguments': '{"n":1}',
  };
  const server = {
    'mcp.method.name': 'tools/call',
    'gen_ai.tool.name': 'send',
    'gen_ai.tool.call.result': 'done',
  };
  const { calls } = await readLines(
    exported(span('server', server, { parent: 'http', kind: 2 })),
    exported(span('http', {}, { parent: 'client' }), span('client', client, { parent: 'call', kind: 3 })),
    exported(span('call', call, { parent: 'agent' }), span('agent', agent)),
  );
  expect(calls.map(({ id, tool: t, args, result }) => ({ id, tool: t, args, result }))).toEqual([
    {
      id: 'c1#0',
      tool: { name: 'send', server: 'bank', rawName: 'mcp__bank__send' },
      args: { n: 1 },
      result: { status: 'ok', content: 'done' },
    },
  ]);
});

test('client and server in traces of their own are one call by session and request id', async () => {
  const both = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'send', 'mcp.session.id': 'm' };
  const { calls } = await readLines(
    exported(
      span('s', { ...both, 'jsonrpc.request.id': '3' }, { trace: 't2', kind: 2 }),
      span('c', { ...both, 'jsonrpc.request.id': '3' }, { trace: 't1', kind: 3 }),
      span('c2', { ...both, 'jsonrpc.request.id': '4' }, { trace: 't1', kind: 3, at: 5 }),
    ),
  );
  expect(calls.map(({ id, agent: who }) => [id, who])).toEqual([
    ['m#0', { id: 'svc' }],
    ['m#1', { id: 'svc' }],
  ]);
});

test('the same tool below another agent, and another tool below a tool, are calls of their own', async () => {
  const { calls } = await readLines(
    exported(
      span('outer', tool('research'), { at: 1 }),
      span('sub', { ...agent, 'gen_ai.agent.name': 'Sub' }, { parent: 'outer', at: 2 }),
      span('inner', tool('research'), { parent: 'sub', at: 3 }),
      span('other', tool('fetch'), { parent: 'inner', at: 4 }),
    ),
  );
  expect(calls.map(({ tool: { name }, agent: who }) => [name, who?.id])).toEqual([
    ['research', 'svc'],
    ['research', 'Sub'],
    ['fetch', 'Sub'],
  ]);
});

test('a span that is exported twice is one call, as it was first told', async () => {
  const { calls } = await readLines(
    exported(span('agent', agent), span('a', tool('t', '{"n":1}'), { parent: 'agent' })),
    exported(span('a', tool('t', '{"n":2}'))),
  );
  expect(calls.map(({ id, args, agent: who }) => [id, args, who?.id])).toEqual([['c1#0', { n: 1 }, 'Bot']]);
});

test('loops of parents end', async () => {
  const { calls } = await readLines(
    exported(
      span('a', tool('t'), { parent: 'b' }),
      span('b', {}, { parent: 'a' }),
      span('self', tool('t'), { parent: 'self', at: 1 }),
    ),
  );
  expect(calls.map(({ id }) => id)).toEqual(['t1#0', 't1#1']);
});

test('without a conversation the trace is the session', async () => {
  const { calls } = await readLines(
    exported(span('a', tool('t'), { trace: 'x' }), span('a', tool('t'), { trace: 'y' })),
  );
  expect(calls.map(({ id }) => id)).toEqual(['x#0', 'y#0']);
});

test('values of every type, exact', async () => {
  const values = {
    raw: {
      kvlistValue: {
        values: [
          { key: 'big', value: { intValue: '9007199254740993' } },
          { key: 'small', value: { intValue: 7 } },
          { key: 'half', value: { doubleValue: 0.5 } },
          { key: 'nan', value: { doubleValue: 'NaN' } },
          { key: 'yes', value: { boolValue: true } },
          { key: '__proto__', value: { stringValue: 'plain' } },
          { key: 'list', value: { arrayValue: { values: [{ stringValue: 'x' }, {}] } } },
        ],
      },
    },
  };
  const { calls } = await readLines(
    exported(
      span('a', {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 't',
        'gen_ai.tool.call.arguments': values,
      }),
    ),
  );
  const { args } = calls[0]!;
  expect(Object.keys(args!)).toEqual(['big', 'small', 'half', 'yes', '__proto__', 'list']);
  expect(args!.big).toBe(9007199254740993n);
  expect(args!.list).toEqual(['x', null]);
  expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
  expect(calls[0]!.missing).toEqual(['/args/nan']);
});

test('errors by status or error.type; OpenInference in Python notation', async () => {
  const { calls } = await readLines(
    exported(
      span('a', tool('t'), { status: { code: 2, message: 'boom' } }),
      span('b', { ...tool('t'), 'error.type': 'tool_error' }, { at: 1 }),
      span(
        'c',
        {
          'openinference.span.kind': 'TOOL',
          'tool.name': 't',
          'input.value': "{'a': 1, 'b': None, 'c': 'it\\'s'}",
        },
        { at: 2 },
      ),
    ),
  );
  expect(calls.map(({ args, result }) => [args, result])).toEqual([
    [{}, { status: 'error', content: 'boom' }],
    [{}, { status: 'error', content: 'tool_error' }],
    [{ a: 1, b: null, c: "it's" }, { status: 'ok' }],
  ]);
});

describe('AgentCore', () => {
  const decision = (outcome: string, more: Record<string, Value> = {}) => ({
    'aws.agentcore.policy.authorization_decision': outcome,
    'aws.agentcore.policy.determining_policies': 'P1, P2',
    'aws.agentcore.gateway.policy.mode': 'ENFORCE',
    ...more,
  });

  test('the decision is what was recorded of the call it was taken in', async () => {
    const { calls, problems } = await readLines(
      exported(
        span('invoke', { 'tool.name': 'hr___list' }, { name: 'AgentCore.Gateway.InvokeTool', kind: 2 }),
        span('policy', decision('DENY'), { name: 'AgentCore.Policy.AuthorizeAction', parent: 'invoke' }),
      ),
    );
    expect(problems).toEqual([]);
    expect(
      calls.map(({ tool: t, args, recorded, result, missing }) => ({
        tool: t,
        args,
        recorded,
        result,
        missing,
      })),
    ).toEqual([
      {
        tool: { name: 'list', server: 'hr', rawName: 'hr___list' },
        args: null,
        recorded: { outcome: 'deny', policies: ['P1', 'P2'], mode: 'ENFORCE' },
        result: { status: 'denied' },
        missing: ['/args'],
      },
    ]);
  });

  test('beside the calls of its trace it is for the next one', async () => {
    const { calls } = await readLines(
      exported(
        span('p2', decision('DENY', { 'aws.agentcore.gateway.policy.mode': 'LOG_ONLY' }), { at: 15 }),
        span('one', tool('one'), { at: 10 }),
        span('two', tool('two'), { at: 20 }),
        span('p1', decision('ALLOW'), { at: 5 }),
      ),
    );
    expect(
      calls.map(({ tool: { name }, recorded, result }) => [name, recorded?.outcome, result?.status]),
    ).toEqual([
      ['one', 'allow', 'ok'],
      ['two', 'deny', 'ok'],
    ]);
  });

  test('after all calls of its trace it is for the last that has none', async () => {
    const { calls } = await readLines(
      exported(
        span('one', tool('one'), { at: 1 }),
        span('two', tool('two'), { at: 2 }),
        span('own', decision('ALLOW'), { parent: 'two', at: 2 }),
        span('late', decision('DENY'), { at: 9 }),
      ),
    );
    expect(calls.map(({ recorded }) => recorded?.outcome)).toEqual(['deny', 'allow']);
  });

  test('20,000 calls and decisions of one trace take no time that grows with their square', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => [
      span(`c${i}`, tool('t'), { at: i }),
      span(`d${i}`, decision('ALLOW'), { at: i }),
    ]);
    const started = performance.now();
    const { calls } = await readLines(exported(...many.flat()));
    expect(calls.filter(({ recorded }) => recorded?.outcome === 'allow').length).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('alone it is a call without arguments where it names the tool, else a problem', async () => {
    const { calls, problems } = await readLines(
      exported(span('p', decision('ALLOW', { 'tool.name': 'hr___list' }))),
      exported(span('q', decision('ALLOW'), { trace: 't9' })),
    );
    expect(calls.map(({ tool: { name }, recorded, missing }) => [name, recorded?.outcome, missing])).toEqual([
      ['list', 'allow', ['/args']],
    ]);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [2, 'a policy decision that names no tool and whose trace has no call'],
    ]);
  });

  test('spans as CloudWatch exports them: one a line, plain attributes, times as numbers', async () => {
    const { calls } = await readAll(
      recording(
        '{"name":"AgentCore.Gateway.InvokeTool","kind":"SERVER","traceId":"t","spanId":"s","startTimeUnixNano":1785331800758000001,"endTimeUnixNano":1785331800813000001,"status":{"code":"OK"},"attributes":{"tool.name":"hr___list","aws.agentcore.policy.authorization_decision":"ALLOW","aws.agentcore.policy.determining_policies":["P1"]}}',
      ),
    );
    expect(calls.map(({ ts, durationMs, recorded }) => [ts, durationMs, recorded])).toEqual([
      ['2026-07-29T13:30:00.758000001Z', 55, { outcome: 'allow', policies: ['P1'] }],
    ]);
  });
});
