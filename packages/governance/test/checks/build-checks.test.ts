import { describe, expect, test } from 'vitest';
import { CALLS, CARD, decided, findingsOf, POLICIES, told } from './workspace.ts';

const card = (from: string | RegExp, to: string) => {
  const text = CARD.replace(from, to);
  expect(text).not.toBe(CARD);
  return { files: { 'agents/bot.yaml': text } };
};

test('an agent that is as it should be passes every check', async () => {
  const { findings, agents } = await decided({});
  expect(findings).toEqual([]);
  expect(agents.get('bot')).toEqual({ passed: 20, failed: 0, calls: 3 });
});

describe('what the card lacks', () => {
  test.each([
    ['owner', /owner.*\n/, '', 'error owner/missing'],
    ['accountable', /accountable.*\n/, '', 'error accountable/missing'],
    ['role', ', role: head of support', '', 'warning accountable/without-role'],
    ['purpose', /purpose.*\n/, '', 'error purpose/missing'],
    ['an axis', 'blastRadius: one-team', '', 'error classified/incomplete'],
    ['a reason', 'riskTier: high', 'riskTier: low', 'error tier/lowered-without-reason'],
    ['a closed fail mode', 'failMode: closed', 'failMode: open', 'error fail-mode/open'],
    ['breakers', /breakers.*\n/, 'breakers: []\n', 'error breakers/missing-high'],
    ['approvers', /approvers.*\n/, 'approvers: []\n', 'error approvers/missing'],
    ['an environment', /environment.*\n/, 'environment:\n', 'warning environment/missing'],
    ['retention', / {2}retentionMonths.*\n/, '', 'error retention/missing'],
    ['enough retention', 'retentionMonths: 6', 'retentionMonths: 5', 'error retention/too-short'],
    [
      'an impact assessment',
      /impactAssessment.*\n/,
      'signOffs: []\n',
      'error impact-assessment/missing-high',
    ],
    ['evidence', /, evidence: .* \} \}/, ' }', 'error impact-assessment/without-evidence'],
    ['an adversarial test', /adversarialTest.*\n/, 'signOffs: []\n', 'error adversarial-test/missing'],
    ['a digest that matches', /sha256: ./, 'sha256: 0', 'error evidence/changed'],
    ['evidence that is there', 'docs/a.md', 'docs/b.md', 'error evidence/not-there'],
    ['a day that has come', 'date: 2026-05-02', 'date: 2027-05-02', 'error review-dates/to-come'],
  ])('%s', async (_what, from, to, expected) => {
    expect(await told(card(from, to))).toEqual([expected]);
  });

  test('tools: then all that is granted is undeclared', async () => {
    expect(await told(card(/tools: \[get.*\n/, ''))).toEqual(['error tools-declared/none']);
  });
});

describe('a review grows old', () => {
  test.each([
    ['2026-11-01T00:00:00Z', []],
    ['2026-11-02T00:00:00Z', ['error impact-assessment/stale']],
    ['2026-11-03T00:00:00Z', ['error adversarial-test/stale', 'error impact-assessment/stale']],
  ])('of a high tier after 184 days: %s', async (now, expected) => {
    expect((await told({ now })).sort()).toEqual(expected);
  });

  test('of a medium tier after 366 days', async () => {
    const medium = card('riskTier: high', 'riskTier: medium\ntierReason: works on a copy');
    expect(await told({ ...medium, now: '2027-05-02T00:00:00Z' })).toEqual([]);
    expect(await told({ ...medium, now: '2027-05-03T00:00:00Z' })).toEqual(['error impact-assessment/stale']);
  });
});

describe('tools, against what policies grant and recordings use', () => {
  const withPolicy = (more: string) => ({ 'policies/desk.cedar': POLICIES + more });
  const pay = 'permit (principal, action == Action::"pay", resource);';

  test('a tool that it uses, is allowed, and nobody declared', async () => {
    const [one, ...others] = await findingsOf({
      files: withPolicy(pay),
      calls: [...CALLS, { tool: 'pay' }],
    });
    expect(others).toEqual([]);
    expect([one!.check, one!.severity, one!.message]).toEqual([
      'tools-declared/used-undeclared',
      'error',
      'it uses pay, which the policies allow and `tools` does not list: add what it needs, forbid what it does not',
    ]);
    expect(CARD.slice(one!.range!.start, one!.range!.end)).toBe('tools');
  });

  test('a tool that it tries in vain is no finding', async () => {
    expect(await told({ calls: [...CALLS, { tool: 'pay' }] })).toEqual([]);
  });

  test('a tool that others use and that it would be granted', async () => {
    const calls = [...CALLS, { tool: 'pay', agent: { id: 'other' } }];
    expect(await told({ files: withPolicy(pay), calls })).toEqual([
      'error tools-granted/beyond-the-card-high',
    ]);
    const others = 'permit (principal == Agent::"other", action == Action::"pay", resource);';
    expect(await told({ files: withPolicy(others), calls })).toEqual([]);
  });

  test('a permit that names no tool', async () => {
    const files = withPolicy(
      '@id("all") permit (principal, action, resource) when { context.input has order };',
    );
    const [one, ...others] = await findingsOf({ files });
    expect(others).toEqual([]);
    expect(one!.message).toBe(
      'granted without naming a tool by policies/desk.cedar#all: name the tools that are meant',
    );
  });

  test('a pattern on the card', async () => {
    expect(await told(card('tools: [get_order', 'tools: [get_*, get_order'))).toEqual([
      'error tools-wildcard/on-the-card',
    ]);
  });

  test('a declared tool that nothing allows', async () => {
    expect(await told(card('tools: [get_order', 'tools: [fly, get_order'))).toEqual([
      'warning tools-not-granted/declared-and-denied',
    ]);
  });

  test('a granted tool that is never used, once enough was recorded', async () => {
    const files = {
      ...withPolicy('permit (principal == Agent::"bot", action == Action::"close", resource);'),
      ...card('tools: [get_order', 'tools: [close, get_order').files,
    };
    const calls = (count: number) => [
      ...CALLS,
      ...Array.from({ length: count - CALLS.length }, () => ({ tool: 'get_order' })),
    ];
    expect(await told({ files, calls: calls(49) })).toEqual([]);
    expect(await told({ files, calls: calls(50) })).toEqual(['warning tools-unused/granted-and-never-used']);
  });
});

describe('the adversarial suite', () => {
  test('is decided anew by the policies as they are', async () => {
    const files = { 'policies/desk.cedar': POLICIES.replace('<= 100', '<= 10000') };
    const [one, ...others] = await findingsOf({ files });
    expect(others).toEqual([]);
    expect([one!.severity, one!.check, one!.message]).toEqual([
      'error',
      'adversarial-suite/let-through',
      '1 of 1 calls that must be denied are not: s1#2; mend the policies, or the `expect` where it is wrong',
    ]);
  });

  test('must be there', async () => {
    expect(await told({ calls: CALLS.slice(0, 2) })).toEqual(['error adversarial-suite/missing-high']);
  });

  test('of another agent is not its own', async () => {
    const calls = [...CALLS.slice(0, 2), { ...CALLS[2], agent: { id: 'other' } }];
    expect(await told({ calls })).toEqual(['error adversarial-suite/missing-high']);
  });
});

describe('how grave a finding is', () => {
  const manifest = 'version: 1\n';
  test('milder where the card alone speaks of governance', async () => {
    const { files } = card(/owner.*\n/, '');
    expect(await told({ files: { ...files, 'benchbook.yaml': manifest } })).toEqual([
      'warning owner/missing',
    ]);
  });

  test('worth knowing alone where nobody does', async () => {
    const files = { 'agents/bot.yaml': 'id: bot\ntools: [get_order, refund]\n', 'benchbook.yaml': manifest };
    const all = await findingsOf({ files });
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(['info']));
  });

  test('as the manifest says by code', async () => {
    const { files } = card(/owner.*\n/, '');
    const set = (severity: string) => ({
      ...files,
      'benchbook.yaml': `version: 1\ngovernance: {}\ndiagnostics: { check/owner: ${severity} }\n`,
    });
    expect(await told({ files: set('warning') })).toEqual(['warning owner/missing']);
    expect(await told({ files: set('off') })).toEqual([]);
  });

  test('nothing where a comment in the card says why', async () => {
    const { files } = card(/owner.*\n/, '');
    const text = `# benchbook-ignore check/owner: the desk is being founded\n${files['agents/bot.yaml']}`;
    expect(await told({ files: { 'agents/bot.yaml': text } })).toEqual([]);
  });
});
