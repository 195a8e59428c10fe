import { describe, expect, test } from 'vitest';
import { readAll, readLines, recording } from './support.ts';

const document = (value: unknown) => readAll(recording(JSON.stringify(value, null, 1)));
const asked = (id: string | undefined, name: string, args: unknown) => ({
  role: 'assistant',
  tool_calls: [
    { ...(id === undefined ? {} : { id }), type: 'function', function: { name, arguments: args } },
  ],
});
const told = (id: string, content: unknown) => ({ role: 'tool', tool_call_id: id, content });

describe('OpenAI chat', () => {
  test('several calls in one message keep their order and find their own results', async () => {
    const { calls, format } = await document({
      messages: [
        {
          role: 'assistant',
          tool_calls: ['a', 'b'].map((id) => ({ id, function: { name: id, arguments: '{}' } })),
        },
        told('b', 'of b'),
        told('a', [{ type: 'text', text: 'of a' }]),
      ],
    });
    expect(format).toBe('openai-chat');
    expect(calls.map(({ seq, callId, result }) => [seq, callId, result])).toEqual([
      [0, 'a', { status: 'ok', content: 'of a' }],
      [1, 'b', { status: 'ok', content: 'of b' }],
    ]);
  });

  test('arguments as text, as an object, as text twice, as nothing, as no JSON', async () => {
    const { calls } = await document({
      messages: ['{"a":1}', { a: 1 }, '"{\\"a\\":1}"', '', '{"a":', '[1]', null].map((args, i) =>
        asked(`c${i}`, 't', args),
      ),
    });
    expect(calls.map(({ args, argsRaw, missing }) => [args, argsRaw, missing.includes('/args')])).toEqual([
      [{ a: 1 }, undefined, false],
      [{ a: 1 }, undefined, false],
      [{ a: 1 }, undefined, false],
      [{}, undefined, false],
      [null, '{"a":', true],
      [null, '[1]', true],
      [null, undefined, true],
    ]);
    expect(calls.every(({ result }) => result?.status === 'pending')).toBe(true);
  });

  test('a result before its call finds it; one without a call is told', async () => {
    const { calls, problems } = await document({
      messages: [told('x', 'early'), asked('x', 't', '{}'), told('nobody', '?')],
    });
    expect(calls.map(({ result }) => result)).toEqual([{ status: 'ok', content: 'early' }]);
    expect(problems).toEqual([{ file: 'rec', message: "a tool's result without its call: nobody" }]);
  });

  test('an id that is used again belongs to the first call that waits', async () => {
    const { calls } = await document({
      messages: [
        asked('x', 'a', '{}'),
        told('x', '1'),
        asked('x', 'b', '{}'),
        asked('x', 'c', '{}'),
        told('x', '2'),
      ],
    });
    expect(calls.map(({ tool, result }) => [tool.name, result?.content])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', undefined],
    ]);
  });

  test('one conversation a line: each is a session, and an id may be in two of them', async () => {
    const { calls } = await readLines(
      { messages: [asked('x', 'a', '{}'), told('x', '1')] },
      { session_id: 'mine', model: 'gpt', user: 'ann', messages: [asked('x', 'b', '{}'), told('x', '2')] },
    );
    expect(calls.map(({ id, agent, user, src }) => [id, agent, user, src.line])).toEqual([
      ['rec:1#0', undefined, undefined, 1],
      ['mine#0', { id: 'gpt', model: 'gpt' }, { id: 'ann' }, 2],
    ]);
  });

  test('a request with its response; the older function_call; custom tools', async () => {
    const { calls } = await document({
      request: { model: 'gpt', messages: [{ role: 'user', content: 'hi' }] },
      response: {
        created: 1_763_816_461,
        choices: [
          { message: { role: 'assistant', function_call: { name: 'old', arguments: '{"a":1}' } } },
          {
            message: {
              role: 'assistant',
              tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'sql', input: '{"not":"args"}' } }],
            },
          },
        ],
      },
    });
    expect(calls.map(({ tool, args, argsRaw, ts }) => [tool.name, args, argsRaw, ts])).toEqual([
      ['old', { a: 1 }, undefined, '2025-11-22T13:01:01.000Z'],
      ['sql', null, '{"not":"args"}', '2025-11-22T13:01:01.000Z'],
    ]);
  });

  test('a bare list of messages is one conversation, a list of conversations several', async () => {
    const messages = [asked('x', 'a', '{}'), told('x', '1')];
    expect((await document(messages)).calls.map(({ id }) => id)).toEqual(['rec#0']);
    expect((await document([{ messages }, { messages }])).calls.map(({ id }) => id)).toEqual([
      'rec[0]#0',
      'rec[1]#0',
    ]);
  });
});

describe('Anthropic messages', () => {
  test('several blocks, MCP blocks with their server, errors', async () => {
    const { calls, format } = await document({
      model: 'claude-x',
      metadata: { user_id: 'u' },
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'thinking' },
            { type: 'tool_use', id: '1', name: 'a', input: { x: 1 } },
            { type: 'mcp_tool_use', id: '2', name: 'b', server_name: 'srv', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: '1', content: 'no', is_error: true },
            { type: 'mcp_tool_result', tool_use_id: '2', content: [{ type: 'text', text: 'yes' }] },
          ],
        },
      ],
    });
    expect(format).toBe('anthropic-messages');
    expect(calls.map(({ tool, args, result, agent, user }) => ({ tool, args, result, agent, user }))).toEqual(
      [
        {
          tool: { name: 'a' },
          args: { x: 1 },
          result: { status: 'error', content: 'no' },
          agent: { id: 'claude-x', model: 'claude-x' },
          user: { id: 'u' },
        },
        {
          tool: { name: 'b', server: 'srv' },
          args: {},
          result: { status: 'ok', content: 'yes' },
          agent: { id: 'claude-x', model: 'claude-x' },
          user: { id: 'u' },
        },
      ],
    );
  });

  test('a response by itself', async () => {
    const { calls } = await readLines({
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      content: [{ type: 'tool_use', id: '1', name: 'a', input: {} }],
    });
    expect(calls.map(({ callId, result }) => [callId, result])).toEqual([['1', { status: 'pending' }]]);
  });
});

describe('OpenAI Responses', () => {
  test('MCP calls with approval: asked, refused, granted', async () => {
    const { calls, format } = await document({
      conversation: { id: 'conv' },
      input: [
        { type: 'mcp_approval_request', id: 'r1', name: 'pay', server_label: 'bank', arguments: '{"n":1}' },
        { type: 'mcp_approval_response', approval_request_id: 'r1', approve: false, reason: 'no' },
        { type: 'mcp_approval_request', id: 'r2', name: 'pay', server_label: 'bank', arguments: '{"n":2}' },
        { type: 'mcp_approval_response', approval_request_id: 'r2', approve: true },
      ],
      output: [
        {
          type: 'mcp_call',
          id: 'm',
          approval_request_id: 'r2',
          name: 'pay',
          server_label: 'bank',
          output: 'done',
        },
        { type: 'local_shell_call', call_id: 'l', action: { type: 'exec', command: ['ls'] } },
      ],
    });
    expect(format).toBe('openai-responses');
    expect(
      calls.map(({ id, tool, args, result, approval, recorded }) => [
        id,
        tool,
        args,
        result,
        approval,
        recorded,
      ]),
    ).toEqual([
      [
        'conv#0',
        { name: 'pay', server: 'bank' },
        { n: 1 },
        { status: 'denied', content: 'no' },
        { state: 'rejected' },
        { outcome: 'escalate' },
      ],
      [
        'conv#1',
        { name: 'pay', server: 'bank' },
        { n: 2 },
        { status: 'ok', content: 'done' },
        { state: 'granted' },
        { outcome: 'escalate' },
      ],
      [
        'conv#2',
        { name: 'local_shell' },
        { type: 'exec', command: ['ls'] },
        { status: 'pending' },
        undefined,
        undefined,
      ],
    ]);
  });
});

describe('AgentDojo and tau-bench', () => {
  test('a call without id is answered by tool and order; an answer may repeat the whole call', async () => {
    const { calls, problems } = await document({
      suite_name: 'slack',
      pipeline_name: 'p',
      user_task_id: 'u1',
      injection_task_id: 'i1',
      attack_type: 'direct',
      security: true,
      utility: false,
      messages: [
        { role: 'assistant', tool_calls: [{ function: 'a', args: { n: 1 }, id: null }] },
        {
          role: 'tool',
          content: '',
          error: 'ValueError: x',
          tool_call_id: null,
          tool_call: { function: 'a', args: {}, id: null },
        },
        {
          role: 'tool',
          content: 'late',
          error: null,
          tool_call_id: 'z',
          tool_call: { function: 'b', args: { m: 2 }, id: 'z' },
        },
      ],
    });
    expect(problems).toEqual([]);
    expect(calls.map(({ id, tool, args, result }) => [id, tool, args, result])).toEqual([
      [
        'p/slack/u1/direct/i1#0',
        { name: 'a', server: 'slack' },
        { n: 1 },
        { status: 'error', content: 'ValueError: x' },
      ],
      ['p/slack/u1/direct/i1#1', { name: 'b', server: 'slack' }, { m: 2 }, { status: 'ok', content: 'late' }],
    ]);
    expect(calls[0]!.labels).toEqual({
      kind: 'attacked',
      user_task: 'u1',
      injection_task: 'i1',
      attack: 'direct',
      attack_succeeded: true,
      trace_utility: false,
      security: true,
      utility: false,
    });
  });

  test('tau-bench: the user is known where the task tells it, failures are texts', async () => {
    const { calls } = await document([
      {
        task_id: 7,
        trial: 2,
        reward: 1.0,
        info: { task: { user_id: 'mia' } },
        traj: [asked('x', 't', '{"n":0.5}'), told('x', 'Error: no such user')],
      },
    ]);
    expect(calls.map(({ id, user, args, result, labels }) => [id, user, args, result, labels])).toEqual([
      [
        'rec/task7/trial2#0',
        { id: 'mia' },
        { n: 0.5 },
        { status: 'error', content: 'Error: no such user' },
        { task: 7, trial: 2, reward: 1 },
      ],
    ]);
  });
});
