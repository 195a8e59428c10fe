import { nativeLines, runCli, sessionOf, tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';

const AT = ['--at', '2026-06-01'];
const CARD = `id: bot
owner: desk@example.com
accountable: { name: Ada, role: head of support }
purpose: Looks orders up.
risk: { dataSensitivity: internal, decisionAuthority: informs, blastRadius: one-record }
tools: [get_order]
`;
const FILES = {
  'benchbook.yaml': 'version: 1\ngovernance: {}\n',
  'agents/bot.yaml': CARD,
  'policies/desk.cedar': '@id("read") permit (principal, action == Action::"get_order", resource);\n',
  'traces/a.jsonl': nativeLines(sessionOf('s1', [{ tool: 'get_order' }])),
};

test('an agent that passes', async () => {
  const cwd = await tempWorkspace(FILES);
  expect(await runCli(['agents', ...AT], { cwd })).toEqual({
    stdout: `Agents  1; checks passed; the tier that the card's axes come to
  agent  tier  owner             calls    checks  gate
  bot    low   desk@example.com      1  20 of 20  none

1 agent: 0 errors, 0 warnings
`,
    stderr: '',
    code: 0,
  });
  const { stdout } = await runCli(['agents', '--format', 'json', ...AT], { cwd });
  expect(JSON.parse(stdout)).toEqual({
    schema: 'benchbook.agents/v1',
    agents: [
      {
        id: 'bot',
        name: null,
        owner: 'desk@example.com',
        tier: 'low',
        derivedTier: 'low',
        file: 'agents/bot.yaml',
        range: { start: { line: 1, column: 1 }, end: { line: 6, column: 19 } },
        calls: 1,
        checks: { passed: 20, failed: 0 },
        gate: { state: 'none', reasons: [], expires: null },
      },
    ],
    findings: [],
  });
});

test('an agent that lacks something: in agents with its provisions, in check as a diagnostic', async () => {
  const card = `${CARD.replace(/owner.*\n/, '')}deployment: { failMode: opne }\n`;
  const cwd = await tempWorkspace({ ...FILES, 'agents/bot.yaml': card });
  expect(await runCli(['agents', ...AT], { cwd })).toEqual({
    stdout: `Agents  1; checks passed; the tier that the card's axes come to
  agent  tier  owner  calls    checks  gate
  bot    low   -          1  19 of 20  none

To mend  2 findings
  error agents/bot.yaml:6:25 bot: agent-member-invalid
    \`deployment.failMode\` must be one of closed, open; this is \`opne\`. Did you mean \`open\`?
  error agents/bot.yaml:1:5 bot: owner/missing
    no \`owner\`: name the team that owns the agent and can be reached
    eu-ai-act@2026-07-27:17(1)(m), iso-42001@2023:A.3.2, nist-ai-rmf@1.0:GOVERN 2.1

1 agent: 2 errors, 0 warnings
`,
    stderr: '',
    code: 1,
  });
  expect(await runCli(['check', ...AT], { cwd })).toEqual({
    stdout: `agents/bot.yaml:1:5: error: bot: no \`owner\`: name the team that owns the agent and can be reached [check/owner]
agents/bot.yaml:6:25: error: \`deployment.failMode\` must be one of closed, open; this is \`opne\`. Did you mean \`open\`? [agent-member-invalid]
1 file, 1 policy: 2 errors, 0 warnings
`,
    stderr: '',
    code: 1,
  });
});

describe('the same time, the same findings', () => {
  test('a review is too old after twelve months', async () => {
    const card = `${CARD}reviews: { impactAssessment: { date: 2026-01-01, by: Cy } }\n`;
    const cwd = await tempWorkspace({ ...FILES, 'agents/bot.yaml': card });
    const lastLine = async (at: string) =>
      (await runCli(['agents', '--at', at], { cwd })).stdout.trimEnd().split('\n').at(-1);
    expect(await lastLine('2027-01-02')).toBe('1 agent: 0 errors, 0 warnings');
    expect(await lastLine('2027-01-03T00:00:00Z')).toBe('1 agent: 0 errors, 1 warning');
  });

  test('what is no time is a usage error', async () => {
    const cwd = await tempWorkspace(FILES);
    expect(await runCli(['agents', '--at', 'tomorrow'], { cwd })).toEqual({
      stdout: '',
      stderr: 'benchbook: --at takes an ISO time, such as 2026-05-01T10:00:00Z: tomorrow\n',
      code: 2,
    });
  });
});

test('cards as they always were do not make check fail', async () => {
  const cwd = await tempWorkspace({
    ...FILES,
    'benchbook.yaml': 'version: 1\n',
    'agents/bot.yaml': 'id: bot\nriskTier: high\ntools: [get_order]\n',
  });
  expect(await runCli(['check'], { cwd })).toEqual({
    stdout: '1 file, 1 policy: 0 errors, 0 warnings\n',
    stderr: '',
    code: 0,
  });
  expect((await runCli(['agents', ...AT], { cwd })).code).toBe(0);
});

test('a check of the team that does not load fails both', async () => {
  const cwd = await tempWorkspace({
    ...FILES,
    'benchbook.yaml': 'version: 1\ngovernance: { checks: ["checks/**"] }\n',
    'checks/mine.cedar': 'forbid (principal, action, resource) when { nonsense };\n',
  });
  const { stdout, code } = await runCli(['check', ...AT], { cwd });
  expect(stdout).toMatch(
    /^checks\/mine\.cedar:1:\d+: error: a check does not load, so that it checks nothing: /,
  );
  expect(code).toBe(1);
  expect((await runCli(['agents', ...AT], { cwd })).code).toBe(1);
});

test('no card is a refusal that says where was looked', async () => {
  const { 'agents/bot.yaml': _, ...files } = FILES;
  const cwd = await tempWorkspace(files);
  expect(await runCli(['agents', ...AT], { cwd })).toEqual({
    stdout: '',
    stderr: 'benchbook: no agent card found: looked for agents/*.{yaml,yml,json}\n',
    code: 2,
  });
});
