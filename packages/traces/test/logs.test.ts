import { describe, expect, test } from 'vitest';
import { readAll, readLines, recording } from './support.ts';

describe('Claude Code hooks', () => {
  const event = (name: string, more: object = {}) => ({
    session_id: 's',
    cwd: '/w',
    permission_mode: 'default',
    hook_event_name: name,
    tool_name: 'Bash',
    tool_input: { command: 'ls' },
    ...more,
  });

  test('the events of a call make one call; a permission request has no id', async () => {
    const { calls, problems } = await readLines(
      { session_id: 's', hook_event_name: 'SessionStart', source: 'startup' },
      event('PreToolUse', { tool_use_id: 'a' }),
      event('PermissionRequest'),
      event('PreToolUse', { tool_use_id: 'b', tool_input: { command: 'rm' }, agent_type: 'Explore' }),
      event('PostToolUseFailure', { tool_use_id: 'b', tool_input: { command: 'rm' }, error: 'exit 1' }),
      event('PostToolUse', { tool_use_id: 'a', tool_response: 'files', duration_ms: 5 }),
      event('PreToolUse', { tool_use_id: 'c' }),
    );
    expect(problems).toEqual([]);
    expect(
      calls.map(({ id, agent, result, approval, recorded, durationMs }) => [
        id,
        agent,
        result,
        approval,
        recorded,
        durationMs,
      ]),
    ).toEqual([
      [
        's#0',
        { id: 'claude-code' },
        { status: 'ok', content: 'files' },
        { state: 'granted' },
        { outcome: 'escalate' },
        5,
      ],
      [
        's#1',
        { id: 'Explore', parentAgentId: 'claude-code' },
        { status: 'error', content: 'exit 1' },
        undefined,
        undefined,
        undefined,
      ],
      ['s#2', { id: 'claude-code' }, { status: 'pending' }, undefined, undefined, undefined],
    ]);
  });

  test('a person who says no; the same id in two sessions; events without ids', async () => {
    const { calls } = await readLines(
      event('PreToolUse', { tool_use_id: 'a' }),
      event('PreToolUse', { tool_use_id: 'a', session_id: 's2' }),
      event('PermissionRequest', { session_id: 's2' }),
      event('PermissionDenied', { tool_use_id: 'a', session_id: 's2', reason: 'no' }),
      event('PreToolUse', { session_id: 's3' }),
      event('PostToolUse', { session_id: 's3', tool_response: 'x' }),
      event('PostToolUse', { session_id: 's4', tool_response: 'only this' }),
    );
    expect(calls.map(({ id, result, approval, recorded }) => [id, result, approval, recorded])).toEqual([
      ['s#0', { status: 'pending' }, undefined, undefined],
      ['s2#0', { status: 'denied', content: 'no' }, { state: 'rejected' }, { outcome: 'deny', reason: 'no' }],
      ['s3#0', { status: 'ok', content: 'x' }, undefined, undefined],
      ['s4#0', { status: 'ok', content: 'only this' }, undefined, undefined],
    ]);
  });

  test('holds no more calls than the limit: the first goes without its result', async () => {
    const lines = ['a', 'b', 'c'].map((id) => event('PreToolUse', { tool_use_id: id }));
    const text = [
      ...lines,
      event('PostToolUse', { tool_use_id: 'c' }),
      event('PostToolUse', { tool_use_id: 'a' }),
    ];
    const source = recording(text.map((line) => JSON.stringify(line)).join('\n'));
    const { calls } = await readAll(source, { limits: { held: 2 } });
    expect(calls.map(({ callId, result }) => [callId, result?.status])).toEqual([
      ['a', 'pending'],
      ['b', 'pending'],
      ['c', 'ok'],
    ]);
  });
});

describe('Claude Code transcripts', () => {
  const line = (type: string, content: object[], more: object = {}) => ({
    type,
    uuid: 'u',
    sessionId: 's',
    version: '2',
    cwd: '/w',
    timestamp: '2026-01-01T00:00:00.000Z',
    message: { role: type, content, ...(type === 'assistant' && { model: 'm' }) },
    ...more,
  });
  const use = (id: string) => ({ type: 'tool_use', id, name: 'mcp__fs__read', input: { p: id } });
  const result = (id: string, content: string, failed = false) => ({
    type: 'tool_result',
    tool_use_id: id,
    content,
    is_error: failed,
  });

  test('lines before the first message, repeated lines, refusals, side chains', async () => {
    const no = "The user doesn't want to proceed with this tool use. The tool use was rejected (...)";
    const { calls, format, problems } = await readLines(
      { type: 'summary', summary: 'before', leafUuid: 'x' },
      { type: 'file-history-snapshot', messageId: 'y' },
      line('assistant', [use('a'), use('b')]),
      line('user', [result('b', no, true)]),
      line('user', [result('a', 'Permission to use Read with command x has been denied.', true)]),
      line('assistant', [use('a')]),
      line('assistant', [use('c')], { isSidechain: true, agentId: 'sub' }),
      line('user', [result('z', 'lost')]),
    );
    expect(format).toBe('claude-code-transcript');
    expect(problems).toEqual([{ file: 'rec', line: 8, message: "a tool's result without its call: z" }]);
    expect(
      calls.map(({ id, tool, agent, result: r, approval, recorded }) => [
        id,
        tool.server,
        agent,
        r?.status,
        approval,
        recorded,
      ]),
    ).toEqual([
      [
        's#0',
        'fs',
        { id: 'claude-code', version: '2', model: 'm' },
        'denied',
        undefined,
        { outcome: 'deny' },
      ],
      [
        's#1',
        'fs',
        { id: 'claude-code', version: '2', model: 'm' },
        'denied',
        { state: 'rejected' },
        undefined,
      ],
      [
        's#2',
        'fs',
        { id: 'sub', version: '2', model: 'm', parentAgentId: 'claude-code' },
        'pending',
        undefined,
        undefined,
      ],
    ]);
  });
});

describe('MCP JSON-RPC', () => {
  const log = (dir: string, msg: object, at = 0) => ({
    ts: `2026-01-01T00:00:0${at}.000Z`,
    dir,
    msg: { jsonrpc: '2.0', ...msg },
  });
  const OUT = 'client->server';
  const IN = 'server->client';
  const call = (id: unknown, name: string, args?: object) => ({
    id,
    method: 'tools/call',
    params: { name, ...(args && { arguments: args }) },
  });
  const answer = (id: unknown, text: string, isError = false) => ({
    id,
    result: { content: [{ type: 'text', text }], isError },
  });

  test('ids are numbered by each side, and used again', async () => {
    const { calls, problems } = await readLines(
      log(OUT, { id: 1, method: 'initialize', params: { clientInfo: { name: 'desk', version: '3' } } }),
      log(IN, { id: 1, result: { serverInfo: { name: 'bank' } } }),
      log(OUT, call(1, 'send', { n: 1 }), 1),
      log(IN, { id: 1, method: 'sampling/createMessage', params: {} }, 2),
      log(OUT, { id: 1, result: { role: 'assistant', content: { type: 'text', text: 'sampled' } } }, 3),
      log(IN, answer(1, 'sent'), 4),
      log(OUT, call(1, 'send'), 5),
      log(IN, { id: 1, error: { code: -32602, message: 'bad' } }, 6),
      log(OUT, call('1', 'send'), 7),
      log(IN, { method: 'notifications/progress', params: {} }),
    );
    expect(problems).toEqual([]);
    expect(
      calls.map(({ args, agent, tool, result, durationMs }) => [args, agent, tool, result, durationMs]),
    ).toEqual([
      [
        { n: 1 },
        { id: 'desk', version: '3' },
        { name: 'send', server: 'bank' },
        { status: 'ok', content: 'sent' },
        3000,
      ],
      [
        {},
        { id: 'desk', version: '3' },
        { name: 'send', server: 'bank' },
        { status: 'error', content: 'bad' },
        1000,
      ],
      [{}, { id: 'desk', version: '3' }, { name: 'send', server: 'bank' }, { status: 'pending' }, undefined],
    ]);
  });

  test('bare messages without direction: the shape of a result tells whose it is', async () => {
    const bare = (message: object) => ({ jsonrpc: '2.0', ...message });
    const { calls, format } = await readLines(
      bare(call(1, 'a')),
      bare({ id: 1, method: 'sampling/createMessage', params: {} }),
      bare({ id: 1, result: { role: 'assistant', model: 'm' } }),
      bare(answer(1, 'failed', true)),
    );
    expect(format).toBe('mcp-jsonrpc');
    expect(calls.map(({ session, result, missing }) => [session, result, missing])).toEqual([
      ['rec', { status: 'error', content: 'failed' }, ['/durationMs', '/ts']],
    ]);
  });

  test('a result before its call, and one without', async () => {
    const { calls, problems } = await readLines(
      log(IN, answer(7, 'early')),
      log(OUT, call(7, 'a'), 1),
      log(IN, answer(8, 'lost')),
    );
    expect(calls.map(({ result }) => result)).toEqual([{ status: 'ok', content: 'early' }]);
    expect(problems).toEqual([{ file: 'rec', line: 3, message: "a tool's result without its call: id 8" }]);
  });
});

describe('OPA decision logs', () => {
  const event = (more: object) => ({
    decision_id: 'd',
    path: 'agent/allow',
    input: { tool: { name: 'send', server: 'bank' }, args: { amount: 1 }, user: { id: 'ann', roles: ['x'] } },
    result: true,
    timestamp: '2026-01-01T00:00:00.5Z',
    ...more,
  });

  test('masked and erased fields are missing where they were and where the call repeats them', async () => {
    const { calls } = await readLines(
      event({ erased: ['/input/args/iban', '/input/user/name'], masked: ['/result'] }),
    );
    const [call] = calls;
    expect(call!.missing).toEqual([
      '/args/iban',
      '/durationMs',
      '/input/args/iban',
      '/input/user/name',
      '/result',
      '/user',
    ]);
    expect(call!.recorded).toEqual({ path: 'agent/allow' });
    expect(call!.tool).toEqual({ name: 'send', server: 'bank' });
    expect(call!.user).toEqual({ id: 'ann', roles: ['x'] });
  });

  test.each([
    ['agent/allow', true, 'allow'],
    ['agent/allow', false, 'deny'],
    ['agent/allow', undefined, 'deny'],
    ['agent/deny', ['too much'], 'deny'],
    ['agent/deny', [], 'allow'],
    ['agent/violation_x', true, 'deny'],
    ['agent/escalate', true, 'escalate'],
    ['agent/decision', 'escalate', 'escalate'],
    ['agent/decision', { outcome: 'deny', reason: 'r' }, 'deny'],
    ['agent', { allow: true }, 'allow'],
    ['agent', { anything: 1 }, undefined],
  ])('%s = %j was recorded as %s', async (path, result, outcome) => {
    const { calls } = await readLines(event({ path, result }));
    expect(calls[0]!.recorded?.outcome).toBe(outcome);
  });

  test('the input stays as it is, exact; an input of another kind has no arguments', async () => {
    const { calls } = await readAll(
      recording(
        '[{"decision_id":"d","path":"http/authz/allow","input":{"method":"GET","n":12345678901234567890},"result":false}]',
      ),
    );
    expect(calls[0]!.input).toEqual({ method: 'GET', n: 12345678901234567890n });
    expect(calls[0]!.args).toBeNull();
    expect(calls[0]!.missing).toEqual(['/args', '/durationMs', '/ts']);
    const [bare] = (await readLines(event({ input: { path: ['x'] } }))).calls;
    expect(bare!.tool).toEqual({ name: 'agent/allow', rawName: 'agent/allow' });
  });

  test('the console log has other lines between', async () => {
    const { calls, problems } = await readLines(event({ level: 'info' }), {
      level: 'info',
      msg: 'Received request.',
    });
    expect([calls.length, problems]).toEqual([1, []]);
  });
});

describe('exports of spans', () => {
  test('OpenAI Agents SDK, one item a line, children before parents', async () => {
    const span = (
      id: string,
      parent: string | null,
      data: object,
      at: number,
      error: object | null = null,
    ) => ({
      object: 'trace.span',
      id,
      trace_id: 't',
      parent_id: parent,
      started_at: `2026-01-01T00:00:0${at}+00:00`,
      ended_at: `2026-01-01T00:00:0${at}.5+00:00`,
      span_data: data,
      error,
    });
    const { calls, problems } = await readLines(
      span(
        '2',
        'a',
        { type: 'function', name: 'late', input: '{"n":1}', output: 'x', mcp_data: { server: 'srv' } },
        2,
      ),
      span('1', 'a', { type: 'function', name: 'early', input: 'not json', output: null }, 1, {
        message: 'boom',
      }),
      span('a', null, { type: 'agent', name: 'Bot' }, 0),
      { object: 'trace', id: 't', workflow_name: 'w', group_id: 'g', metadata: { user_id: 'u' } },
    );
    expect(problems).toEqual([]);
    expect(
      calls.map(({ id, tool, args, argsRaw, result, user, agent, durationMs }) => [
        id,
        tool,
        args,
        argsRaw,
        result,
        user,
        agent,
        durationMs,
      ]),
    ).toEqual([
      [
        'g#0',
        { name: 'early' },
        null,
        'not json',
        { status: 'error', content: 'boom' },
        { id: 'u' },
        { id: 'Bot', name: 'Bot' },
        500,
      ],
      [
        'g#1',
        { name: 'late', server: 'srv' },
        { n: 1 },
        undefined,
        { status: 'ok', content: 'x' },
        { id: 'u' },
        { id: 'Bot', name: 'Bot' },
        500,
      ],
    ]);
  });

  test('LangSmith: the thread is the session, never the project; child runs; Python notation', async () => {
    const { calls } = await readAll(
      recording(
        JSON.stringify({
          id: 'r',
          trace_id: 'r',
          name: 'Agent',
          run_type: 'chain',
          session_id: 'PROJECT',
          start_time: '2026-01-01T00:00:00',
          extra: { metadata: { thread_id: 'th' } },
          child_runs: [
            {
              id: 'c',
              trace_id: 'r',
              name: 'pay',
              run_type: 'tool',
              session_id: 'PROJECT',
              start_time: '2026-01-01T00:00:01',
              end_time: '2026-01-01T00:00:02',
              inputs: { input: "{'amount': 4.5, 'ok': True}" },
              outputs: { output: { content: 'paid', tool_call_id: 'call_9', status: 'success' } },
            },
            {
              id: 'd',
              trace_id: 'r',
              parent_run_id: 'r',
              name: 'search',
              run_type: 'tool',
              start_time: '2026-01-01T00:00:03',
              inputs: { input: 'plain words' },
              error: 'ToolException',
            },
          ],
        }),
      ),
    );
    expect(
      calls.map(({ id, agent, args, callId, result, ts }) => [id, agent?.id, args, callId, result, ts]),
    ).toEqual([
      [
        'th#0',
        'Agent',
        { amount: 4.5, ok: true },
        'call_9',
        { status: 'ok', content: 'paid' },
        '2026-01-01T00:00:01Z',
      ],
      [
        'th#1',
        'Agent',
        { input: 'plain words' },
        undefined,
        { status: 'error', content: 'ToolException' },
        '2026-01-01T00:00:03Z',
      ],
    ]);
  });

  test('Langfuse: a page of traces, observations as an export writes them', async () => {
    const observation = {
      id: 'o',
      type: 'TOOL',
      name: 'a___b',
      input: '{"n":1}',
      output: null,
      level: 'ERROR',
    };
    const page = await readAll(
      recording(
        JSON.stringify({
          data: [
            {
              id: 't',
              name: 'app',
              projectId: 'p',
              observations: [
                { id: 'g', traceId: 't', type: 'AGENT', name: 'Planner', startTime: '2026-01-01T00:00:00Z' },
                {
                  ...observation,
                  traceId: 't',
                  parentObservationId: 'g',
                  startTime: '2026-01-01T00:00:01Z',
                  statusMessage: 'bad',
                },
              ],
            },
          ],
          meta: { page: 1 },
        }),
      ),
    );
    expect(
      page.calls.map(({ id, agent, tool, args, result }) => [id, agent?.id, tool, args, result]),
    ).toEqual([
      [
        't#0',
        'Planner',
        { name: 'b', server: 'a', rawName: 'a___b' },
        { n: 1 },
        { status: 'error', content: 'bad' },
      ],
    ]);
    const lines = await readLines({
      ...observation,
      trace_id: 't',
      start_time: '2026-01-01 00:00:01',
      session_id: 'se',
    });
    expect([lines.format, lines.calls.map(({ id, ts }) => [id, ts])]).toEqual([
      'langfuse',
      [['se#0', '2026-01-01T00:00:01Z']],
    ]);
  });
});
