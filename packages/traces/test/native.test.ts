import { writeNative } from '@benchbook/traces';
import { expect, test } from 'vitest';
import { readAll, readLines, recording } from './support.ts';

const line = (seq: number, more: object = {}) => ({
  session: 's',
  seq,
  tool: { name: 't' },
  args: {},
  ...more,
});

test('reads every field of the page, and only says missing what is', async () => {
  const full = {
    v: 1,
    kind: 'tool',
    id: 'my-id',
    session: 's1',
    seq: 0,
    ts: '2026-05-01T10:00:00Z',
    durationMs: 812,
    agent: { id: 'bot', name: 'Bot', version: '2', model: 'm', parentAgentId: 'p' },
    user: { id: 'alice', roles: ['support'], region: 'eu' },
    tool: { op: 'write', name: 'refund', server: 'payments', rawName: 'mcp__payments__refund' },
    callId: 'call_1',
    args: { amount: 40 },
    context: { cwd: '/w', permissionMode: 'default' },
    result: { status: 'ok', content: '...' },
    approval: { state: 'granted', by: 'bob' },
    recorded: { outcome: 'allow', policies: ['p1'] },
    expect: 'deny',
    labels: { a: 1 },
    missing: [],
    src: { format: 'agentdojo', file: 'runs/1.json', line: 3 },
  };
  const { calls, problems, format } = await readLines(full);
  expect(format).toBe('native');
  expect(problems).toEqual([]);
  const { src, ...rest } = full;
  expect(calls).toEqual([{ ...rest, src: { format: 'native', file: 'rec', line: 1, origin: src } }]);
  expect(writeNative(calls[0]!)).toBe(
    JSON.stringify({ ...rest, src: { format: 'native', file: 'rec', line: 1, origin: src } }),
  );
});

test('what is written is read again as the same call; the first origin stays', async () => {
  const [first] = (await readLines({ ...line(0), args: { big: 1 } })).calls;
  const text = writeNative(first!).replace('"big":1', '"big":12345678901234567890');
  const [second] = (await readAll(recording(text, 'copy'))).calls;
  expect(second!.args).toEqual({ big: 12345678901234567890n });
  expect(second!.src).toEqual({
    format: 'native',
    file: 'copy',
    line: 1,
    origin: { format: 'native', file: 'rec', line: 1 },
  });
  const [third] = (await readAll(recording(writeNative(second!), 'copy2'))).calls;
  expect(third).toEqual({ ...second, src: { ...second!.src, file: 'copy2' } });
});

test('kind, v, id, session and seq may be left out; times that are absent are missing', async () => {
  const { calls } = await readLines({ tool: { name: 'a' }, args: {} }, { tool: { name: 'b' }, args: {} });
  expect(calls.map(({ id, session, seq, missing }) => ({ id, session, seq, missing }))).toEqual([
    { id: 'rec#0', session: 'rec', seq: 0, missing: ['/durationMs', '/ts'] },
    { id: 'rec#1', session: 'rec', seq: 1, missing: ['/durationMs', '/ts'] },
  ]);
});

test('bare names in missing become pointers', async () => {
  const { calls } = await readLines({
    ...line(0),
    ts: '2026-05-01T10:00:00+02:00',
    durationMs: 1,
    missing: ['user', 'args', '/context/cwd', 'a/b'],
  });
  expect(calls[0]!.missing).toEqual(['/args', '/a~1b', '/context/cwd', '/user'].sort());
  expect(calls[0]!.ts).toBe('2026-05-01T10:00:00+02:00');
});

test.each([
  ['null', null, undefined, null],
  ['a list', [1], '[1]', null],
  ['a string that is JSON', '{"a":1}', '{"a":1}', null],
  ['an object', { a: 1 }, undefined, { a: 1 }],
])('args that are %s', async (_, args, argsRaw, expected) => {
  const { calls } = await readLines({ ...line(0), args });
  expect(calls[0]!.args).toEqual(expected);
  expect(calls[0]!.argsRaw).toBe(argsRaw);
  expect(calls[0]!.missing.includes('/args')).toBe(expected === null);
});

test('a name with a prefix is split unless the line says how it was recorded', async () => {
  const names = [
    { name: 'mcp__pay__send__money' },
    { name: 'target___tool' },
    { name: 'a___b', rawName: 'a___b' },
    { name: 'mcp__pay_eu__send', server: 'pay_eu' },
    { name: 'snake_case_name' },
  ];
  const { calls } = await readLines(...names.map((tool, seq) => ({ ...line(seq), tool })));
  expect(calls.map(({ tool }) => tool)).toEqual([
    { name: 'send__money', server: 'pay', rawName: 'mcp__pay__send__money' },
    { name: 'tool', server: 'target', rawName: 'target___tool' },
    { name: 'a___b', rawName: 'a___b' },
    { name: 'send', server: 'pay_eu', rawName: 'mcp__pay_eu__send' },
    { name: 'snake_case_name' },
  ]);
});

test('calls of a session come in the order of seq, those of others in between', async () => {
  const { calls } = await readLines(line(2), line(0), line(0, { session: 'b' }), line(1), line(5), line(3));
  expect(calls.map(({ id }) => id)).toEqual(['s#0', 'b#0', 's#1', 's#2', 's#3', 's#5']);
});

test('no more calls are held than the limit: then the smallest goes', async () => {
  const source = recording([9, 7, 8, 0].map((seq) => JSON.stringify(line(seq))).join('\n'));
  const { calls } = await readAll(source, { limits: { held: 2 } });
  expect(calls.map(({ seq }) => seq)).toEqual([7, 8, 9, 0]);
});

test('a number told twice, and one that comes late, are still calls', async () => {
  const { calls } = await readLines(line(0), line(0), line(1), line(0), line(2));
  expect(calls.map(({ seq }) => seq)).toEqual([0, 0, 1, 0, 2]);
});

test('unreadable lines are problems with their line, the rest is read', async () => {
  const { calls, problems } = await readLines(
    line(0),
    '{"session":"s","seq":1,',
    '',
    '[1,2]',
    '"text"',
    { session: 's', seq: 1, args: {} },
    line(1, { kind: 'model' }),
    line(1, { expect: 'maybe' }),
  );
  expect(calls.map(({ seq }) => seq)).toEqual([0, 1]);
  expect(problems.map(({ file, line: at, message }) => `${file}:${at} ${message.slice(0, 40)}`)).toEqual([
    'rec:2 not valid JSON: Expected double-quoted p',
    'rec:4 not a JSON object',
    'rec:4 not a JSON object',
    'rec:5 not a JSON object',
    'rec:6 no tool.name',
    'rec:7 kind "model" is not read: only "tool"',
    'rec:8 expect is not allow, deny, escalate or i',
  ]);
});

test.each([
  ['a status nobody knows and no content', {}, undefined],
  ['content without a status', { content: 'x' }, { status: 'ok', content: 'x' }],
  ['an error', { status: 'error', content: '' }, { status: 'error', content: '' }],
])('a result with %s', async (_, result, expected) => {
  expect((await readLines({ ...line(0), result })).calls[0]!.result).toEqual(expected);
});

test('a time without a zone is none', async () => {
  const { calls } = await readLines({ ...line(0), ts: '2026-05-01T10:00:00', durationMs: -1 });
  expect(calls[0]!.ts).toBeUndefined();
  expect(calls[0]!.missing).toEqual(['/durationMs', '/ts']);
});
