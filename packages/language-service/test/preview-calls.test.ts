/** Calls in lists, one call under the policies, and calls as text. */
import { type Call, type Evaluation, type Json, type Refusal, writeJson } from '@benchbook/model';
import { call, nativeLines, sessionOf } from '@benchbook/testkit';
import { readText } from '@benchbook/traces';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOf } from '../src/preview/call-text.ts';
import type { Previewer } from '../src/preview/previewer.ts';
import { type Files, load, open } from './preview-bench.ts';

const CALLS: Call[] = [
  ...sessionOf('s1', [
    { tool: 'read_page', args: { url: 'https://a.example' } },
    { tool: 'pay', args: { amount: 40, to: 'DE1' }, agent: { id: 'payer' } },
    { tool: 'pay', args: { amount: 4800, to: 'DE1' }, agent: { id: 'payer' }, expect: 'deny' },
  ]),
  ...sessionOf('s2', [{ tool: 'pay', args: { amount: 4800, note: 'x'.repeat(500) } }]),
];

function files(limit: number): Files {
  return {
    'policies/pay.cedar': `@id("payments")
permit (principal, action == Action::"pay", resource)
when { context.input.amount <= ${limit} };

@id("pages")
permit (principal, action == Action::"read_page", resource);
`,
    'policies/trial/after.cel': `tool.name != "pay" || !("read_page" in session.tools)`,
    'policies/limits.rego': `package limits

deny contains "too much" if {
	input.tool.name == "pay"
	input.args.amount > 100000
}

deny contains "not from here" if input.request.ip == "10.0.0.1"
`,
    'benchbook.yaml': 'version: 1\naudit: ["policies/trial/**"]\n',
    'traces/a.jsonl': nativeLines(CALLS),
  };
}

const PAYMENTS = 'policies/pay.cedar#payments';
let base: Awaited<ReturnType<typeof load>>;
let head: typeof base;
let previewer: Previewer;
beforeAll(async () => {
  base = await load(files(5000));
  head = await load(files(1000));
  ({ previewer } = open(() => head.recordings));
  previewer.setBase({ name: 'HEAD', prepared: base.prepared });
  previewer.update(head.prepared);
  await previewer.settled();
});
afterAll(() => {
  base.close();
  head.close();
});

describe('lists', () => {
  test('an entry tells what a call came to, and what it was', () => {
    const { total, calls } = previewer.calls({ outcome: 'deny' });
    expect(total).toBe(2);
    expect(calls[0]).toEqual({
      id: 's1#2',
      session: 's1',
      tool: 'pay',
      agent: 'payer',
      outcome: 'deny',
      basis: 'defaulted',
      wouldBe: 'deny',
      determining: [],
      was: 'allow',
      because: [PAYMENTS],
      expect: 'deny',
      summary: '{"amount":4800,"to":"DE1"}',
      source: { file: 'traces/a.jsonl', line: 3 },
    });
    expect(calls[1]!.summary).toHaveLength(120);
    expect(calls[1]!.summary.slice(0, 30)).toBe('{"amount":4800,"note":"xxxxxxx');
    expect(calls[1]!.summary.at(-1)).toBe('…');
  });

  test.each([
    ['tool', { tool: 'read_page' }, ['s1#0']],
    ['agent', { agent: 'payer' }, ['s1#1', 's1#2']],
    ['session', { session: 's2' }, ['s2#0']],
    ['recording', { file: 'traces/b.jsonl' }, []],
    ['policy', { policy: PAYMENTS }, ['s1#1']],
    ['flips', { flipped: true }, ['s1#2', 's2#0']],
    ['flips of a policy', { flipped: true, policy: PAYMENTS }, ['s1#2', 's2#0']],
    ['flips of another', { flipped: true, policy: 'policies/pay.cedar#pages' }, []],
    ['several', { flipped: true, agent: 'payer' }, ['s1#2']],
    ['audit policy', { policy: 'policies/trial/after.cel#after' }, ['s1#0', 's1#1', 's1#2']],
  ])('by %s', (_, filter, ids) => {
    expect(previewer.calls(filter).calls.map(({ id }) => id)).toEqual(ids);
  });

  test('recordings and sessions count what is let through', () => {
    const none = { allow: 0, deny: 0, escalate: 0, indeterminate: 0 };
    expect(previewer.recordings({})).toEqual([
      {
        file: 'traces/a.jsonl',
        format: 'native',
        calls: 4,
        outcomes: { ...none, allow: 2, deny: 2 },
        sessions: 2,
      },
    ]);
    expect(previewer.recordings({ tool: 'wire' })).toEqual([]);
    expect(previewer.sessions('traces/a.jsonl', { tool: 'pay' })).toEqual([
      { file: 'traces/a.jsonl', session: 's1', calls: 2, outcomes: { ...none, allow: 1, deny: 1 } },
      { file: 'traces/a.jsonl', session: 's2', calls: 1, outcomes: { ...none, deny: 1 } },
    ]);
    expect(previewer.calls({}, 3)).toMatchObject({ total: 4, calls: [{ id: 's2#0' }] });
  });
});

describe('one call', () => {
  test('the chosen one shows every condition with the fact that it compares', async () => {
    expect(await previewer.chooseCall('s1#2')).toBe(true);
    const text = files(1000)['policies/pay.cedar']!;
    const values = previewer.chosenValues().filter(({ file }) => file === 'policies/pay.cedar');
    expect(
      values.map(({ range, ...value }) => ({ ...value, text: text.slice(range.start, range.end) })),
    ).toEqual([
      {
        file: 'policies/pay.cedar',
        policy: PAYMENTS,
        state: 'false',
        operands: 'args.amount is 4800',
        text: 'context.input.amount <= 1000',
      },
    ]);
    expect(await previewer.chooseCall('s1#0')).toBe(true);
    expect(previewer.chosenValues().find(({ policy }) => policy === PAYMENTS)).toMatchObject({
      state: 'unreached',
      operands: 'args.amount is absent',
    });
    expect(previewer.chosenCall()!.id).toBe('s1#0');
    expect(await previewer.chooseCall(null)).toBe(true);
    expect([previewer.chosenCall(), previewer.chosenValues()]).toEqual([null, []]);
  });

  const evaluated = async (source: Parameters<Previewer['evaluate']>[0]): Promise<Evaluation> => {
    const evaluation = await previewer.evaluate(source);
    if ('refused' in evaluation) throw new Error(evaluation.refused);
    return evaluation;
  };
  const afterPage = ({ conditions }: Evaluation) =>
    conditions.findLast(({ file }) => file.endsWith('.cel'))!.state;
  const told = ({ outcome, determining, policies }: Evaluation) => [
    outcome,
    determining,
    policies.filter(({ state }) => state === 'applied').map(({ id }) => id),
  ];

  test('a recorded one is evaluated in its place', async () => {
    expect(told(await evaluated({ call: 's1#1' }))).toEqual([
      'allow',
      [PAYMENTS],
      [PAYMENTS, 'policies/trial/after.cel#after'],
    ]);
    expect(await previewer.evaluate({ call: 's9#1' })).toEqual({ refused: 'there is no recorded call s9#1' });
  });

  test('an edited copy is evaluated after the calls before it, or after none', async () => {
    const copy = previewer.callText('s1#2')!.replace('4800', '900');
    expect(told(await evaluated({ text: copy, after: 's1#2' }))).toEqual([
      'allow',
      [PAYMENTS],
      [PAYMENTS, 'policies/trial/after.cel#after'],
    ]);
    expect(afterPage(await evaluated({ text: copy, after: 's1#2' }))).toBe('true');
    expect(afterPage(await evaluated({ text: copy }))).toBe('false');
  });

  test('what a policy sees is enough', async () => {
    const outcomeOf = async (text: string) => (await evaluated({ text })).outcome;
    expect(await outcomeOf('{"tool": {"name": "pay"}, "args": {"amount": 7}}')).toBe('allow');
    expect(await outcomeOf('{"tool": "pay", "args": {"amount": 7000}}')).toBe('deny');
    const session = '{"tool": "pay", "args": {"amount": 7}, "session": {"tools": ["read_page"]}}';
    expect(afterPage(await evaluated({ text: session }))).toBe('true');
    // What the text does not hold is not there, as in production; nothing of it is unknown.
    expect(await outcomeOf('{"request": {"ip": "::1"}, "tool": "pay"}')).toBe('deny');
    const foreign = await evaluated({ text: '{"request": {"ip": "10.0.0.1"}, "tool": "read_page"}' });
    expect([foreign.outcome, foreign.reasons]).toEqual(['deny', ['not from here']]);
  });

  test.each([
    ['{', /^not valid JSON/],
    ['[]', /^not a JSON object$/],
    ['{"v": 1}', /no tool|unknown format/],
    ['{"v": 2, "tool": {"name": "pay"}, "args": {}}', /^version of the native format is not 1$/],
  ])('%s is refused', async (text, message) => {
    const refusal = (await previewer.evaluate({ text })) as Refusal;
    expect(refusal.refused).toMatch(message);
  });
});

describe('text', () => {
  test('a copy holds what policies see, and reads back as the call', () => {
    expect(previewer.callText('s1#2')).toBe(`{
  "v": 1,
  "kind": "tool",
  "id": "s1#2",
  "session": "s1",
  "seq": 2,
  "agent": { "id": "payer" },
  "tool": { "name": "pay" },
  "args": { "amount": 4800, "to": "DE1" }
}
`);
    expect(previewer.callText('s9#1')).toBeNull();
    const big = call({ args: { n: 12345678901234567890n, list: [1, [2]], deep: { a: {}, b: [] } } as never });
    expect(readText(copyOf(big), 'x').calls[0]!.args).toEqual(big.args);
  });

  test('a line reads back with what the reviewer says', () => {
    const { line } = previewer.callLine(previewer.callText('s1#2')!, 'escalate') as { line: string };
    expect(line).not.toContain('\n');
    const [read] = readText(line, 'traces/new.jsonl').calls;
    expect(read).toMatchObject({
      id: 's1#2',
      session: 's1',
      seq: 2,
      args: { amount: 4800, to: 'DE1' },
      expect: 'escalate',
    });
    const bare = previewer.callLine('{"tool": "pay", "args": {"amount": 7}}', 'allow') as { line: string };
    expect(readText(bare.line, 'x').calls[0]).toMatchObject({
      tool: { name: 'pay' },
      args: { amount: 7 },
      expect: 'allow',
    });
    const input = { request: { ip: '10.0.0.1' } };
    const verbatim = previewer.callLine(writeJson(input as Json), 'deny') as { line: string };
    expect(readText(verbatim.line, 'x').calls[0]).toMatchObject({ input, expect: 'deny' });
  });

  test('what no recording can hold is refused', () => {
    expect(previewer.callLine('{"tool": "pay", "session": {"calls": 4}}', 'allow')).toEqual({
      refused: 'a recording holds the calls that came before, not `session`: leave it out',
    });
    expect(previewer.callLine('{"tool": "pay"}', 'maybe' as never)).toEqual({
      refused: 'expect is not allow, deny, escalate or indeterminate',
    });
    expect(previewer.callLine('nonsense', 'allow')).toMatchObject({
      refused: expect.stringMatching(/^not valid JSON/),
    });
  });
});
