/** `benchbook simulate` from end to end: an outage, a run of orders, a tripped breaker, its reset, the trail. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call, nativeLines, runCli, tempWorkspace } from '@benchbook/testkit';
import { beforeAll, describe, expect, test } from 'vitest';

const start = Date.parse('2026-05-01T10:00:00Z');
const orders = Array.from({ length: 200 }, (_, n) =>
  call({
    session: 'run',
    seq: n,
    ts: new Date(start + n * 18_000).toISOString(),
    agent: { id: 'bot' },
    tool: 'create_order',
    args: { amount: 400 },
  }),
);

const card = (failMode: string) => `id: bot
owner: desk@example.com
riskTier: high
deployment:
  failMode: ${failMode}
  approvers: [ann]
  breakers:
    - { id: orders, count: calls, tools: [create_*], per: agent, limit: 100, windowMinutes: 60 }
`;

const files = {
  'policies/orders.cedar':
    '@id("small-orders")\npermit (principal, action, resource) when { context.input.amount < 500 };\n',
  'traces/orders.jsonl': nativeLines(orders),
  'agents/bot.yaml': card('closed'),
  'resets.yaml':
    '- { at: 2026-05-01T10:45:00Z, rule: bot/orders, key: bot, by: ann, reason: the run was planned }\n',
};

let root: string;
beforeAll(async () => {
  root = await tempWorkspace(files);
});
const run = (...args: string[]) => runCli(['simulate', ...args], { cwd: root });

test('tells what passed, what was stopped, and when', async () => {
  const result = await run('--pdp', 'timing-out', '--outage', '1m@+1m', '--timeout', '250ms');
  expect(result).toEqual({
    code: 0,
    stderr: '',
    stdout: `Nothing passed unvalidated, 3 calls stopped for want of an answer, 1 breaker tripped, 1 incident.
200 calls; the PDP does not answer; the PEP waits 250 ms.

Agents
  agent  tier  fails   calls  blocked  unvalidated
  bot    high  closed    200      103            0

Outages  timing-out
  from                 to                   calls  blocked  unvalidated
  2026-05-01 10:01:00  2026-05-01 10:02:00      3        3            0

Breakers  1 trip
  bot/orders for bot: tripped 2026-05-01 10:30:00 at run#100 (101, limit 100), stopped 100 calls
      not reset

Time line  106 events; times in UTC
  2026-05-01 10:01:00  ▼ outage begins       the PDP is timing-out
  2026-05-01 10:01:12  ✕ blocked, no answer  run#4  create_order: no ans… within 250 ms; fail closed
  2026-05-01 10:01:30  ✕ blocked, no answer  run#5  create_order: no ans… within 250 ms; fail closed
  2026-05-01 10:01:48  ✕ blocked, no answer  run#6  create_order: no ans… within 250 ms; fail closed
  2026-05-01 10:02:00  ▲ outage ends         the PDP is up again after 1 min
  2026-05-01 10:30:00  ⚡ breaker tripped     run#100  bot/orders for bot: 101 in 1 h, limit 100
  2026-05-01 10:30:00  ! incident            run#100  breaker bot/orders… 101 where 100 is the limit
  2026-05-01 10:30:18  ✕ blocked by breaker  99 calls until 2026-05-01 10:59:42

Incidents  1 incident
  critical: breaker bot/orders tripped for bot: 101 where 100 is the limit; 2026-05-01 10:30:00 at
  run#100

200 calls: 97 permitted (0 unvalidated), 103 blocked; 0 findings (0 errors)
`,
  });
});

test('a breaker stays tripped from run to run, until a person resets it', async () => {
  const figures = async (...args: string[]) => {
    const { code, stdout } = await run('--state', 'state.json', '--format', 'json', ...args);
    const { summary, breakers } = JSON.parse(stdout);
    return {
      code,
      permitted: summary.permitted,
      resets: breakers.map((one: { reset: unknown }) => one.reset),
    };
  };
  expect(await figures()).toEqual({ code: 0, permitted: 100, resets: [null] });
  expect(await figures()).toEqual({ code: 0, permitted: 0, resets: [null] });
  const reset = { at: '2026-05-01T10:45:00.000Z', by: 'ann', reason: 'the run was planned' };
  // Of the 50 orders after the reset none is above the limit.
  expect(await figures('--resets', 'resets.yaml')).toEqual({ code: 0, permitted: 50, resets: [reset] });
  expect(JSON.parse(await readFile(join(root, 'state.json'), 'utf8')).tripped).toEqual([]);
});

test('a high agent that fails open is an error, and a page shows it', async () => {
  const open = await tempWorkspace({ ...files, 'agents/bot.yaml': card('open') });
  const args = ['simulate', '--pdp', 'crashing', '--format', 'html', '--out', 'page.html'];
  expect(await runCli(args, { cwd: open })).toEqual({ code: 1, stdout: '', stderr: '' });
  const page = await readFile(join(open, 'page.html'), 'utf8');
  expect(page.match(/<td data-label="code"><div>.*?<\/div>/g)).toEqual([
    '<td data-label="code"><div><code>passed-unvalidated</code></div>',
    '<td data-label="code"><div><code>fail-mode-looser</code></div>',
  ]);
});

test('writes an audit trail that verifies', async () => {
  const written = await run(
    '--audit',
    'trail.jsonl',
    '--at',
    '2026-05-02',
    '--resets',
    'resets.yaml',
    '--format',
    'json',
  );
  expect([written.code, written.stderr]).toEqual([0, '']);
  const verified = await runCli(
    ['audit', 'verify', 'trail.jsonl', '--allow-unanchored', '--min-months', '0', '--format', 'json'],
    { cwd: root },
  );
  // 200 decisions and a reset, after the record that opens the trail.
  const { state, records, problems, lastTs } = JSON.parse(verified.stdout);
  expect([verified.code, state, records, problems]).toEqual([0, 'unanchored', 202, []]);
  expect(lastTs).toBe('2026-05-01T10:59:42.000Z');
});

describe('what cannot be run is told in one line', () => {
  test.each([
    [['--pdp', 'gone'], 'benchbook: --pdp takes up, slow, timing-out, crashing, erroring, flapping: gone\n'],
    [['--timeout', '5'], 'benchbook: --timeout takes a time such as 500ms or 30s: 5\n'],
    [['--breaker', 'limit=1,per=team'], 'benchbook: --breaker: a breaker is per agent, user, tool\n'],
    [['--resets', 'agents/bot.yaml'], 'benchbook: agents/bot.yaml: must be a list of resets\n'],
    [['--format', 'xml'], "benchbook: unknown format 'xml'; known formats: text, json, markdown, html\n"],
    [['--seed', '-1'], 'benchbook: --seed takes a whole number: -1\n'],
  ])('%j', async (args, stderr) => {
    expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr });
  });
});
