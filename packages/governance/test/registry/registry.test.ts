import { textDocument } from '@benchbook/model';
import { memoryTree } from '@benchbook/testkit';
import { loadWorkspace } from '@benchbook/workspace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysSince, readRegistry } from '../../src/index.ts';

async function registryOf(card: string, manifest = 'version: 1\n', file = 'agents/bot.yaml') {
  const tree = memoryTree({ 'benchbook.yaml': manifest, [file]: card });
  return readRegistry(await loadWorkspace(tree, []));
}

const CARD = `id: bot
name: Bot
owner: team@example.com
accountable: { name: Ada, role: head of support }
purpose: Answers
risk:
  dataSensitivity: confidential
  decisionAuthority: acts-with-approval
  blastRadius: one-team
riskTier: critical
tools: [read, { name: pay, scopes: [eur] }, read]
model: m-1
deployment:
  environment: production
  failMode: open
  breakers:
    - { id: many, count: calls, tools: [pay], per: agent, limit: 200, windowMinutes: 60 }
    - { id: eur, count: sum, per: agent, limit: 200, windowMinutes: 60 }
  approvers: [Bo]
  retentionMonths: 12
reviews:
  impactAssessment: { date: 2026-05-01, by: Cy, evidence: { file: docs/a.pdf, sha256: ${'a0'.repeat(32)} } }
  signOffs:
    - { role: risk, by: Di, date: 2026-05-02, envelope: signed/di.json }
mayRefund: true
`;

test('a card that says everything', async () => {
  const { agents } = await registryOf(CARD);
  const [{ range, at, ...agent }] = agents as [(typeof agents)[0]];
  expect(range).toEqual({ start: 0, end: CARD.trimEnd().length });
  expect(agent).toEqual({
    id: 'bot',
    name: 'Bot',
    owner: 'team@example.com',
    accountable: { name: 'Ada', role: 'head of support' },
    purpose: 'Answers',
    risk: {
      dataSensitivity: 'confidential',
      decisionAuthority: 'acts-with-approval',
      blastRadius: 'one-team',
    },
    tier: { derived: 'high', stated: 'critical', reason: null, effective: 'critical' },
    tools: [
      { name: 'read', scopes: [] },
      { name: 'pay', scopes: ['eur'] },
    ],
    model: 'm-1',
    deployment: {
      environment: 'production',
      failMode: 'open',
      breakers: [{ id: 'many', count: 'calls', tools: ['pay'], per: 'agent', limit: 200, windowMinutes: 60 }],
      approvers: ['Bo'],
      reviewMinutes: null,
      retentionMonths: 12,
    },
    reviews: {
      impactAssessment: {
        date: '2026-05-01',
        by: 'Cy',
        evidence: { file: 'docs/a.pdf', sha256: 'a0'.repeat(32) },
      },
      adversarialTest: null,
      signOffs: [{ role: 'risk', by: 'Di', date: '2026-05-02', envelope: 'signed/di.json' }],
    },
    file: 'agents/bot.yaml',
  });
});

describe('places of members', () => {
  test.each([
    ['owner', 'team@example.com'],
    ['risk', 'risk'],
    ['risk.blastRadius', 'one-team'],
    ['tools.1.name', 'pay'],
    [
      'deployment.breakers.0',
      '{ id: many, count: calls, tools: [pay], per: agent, limit: 200, windowMinutes: 60 }',
    ],
    ['reviews.signOffs.0.by', 'Di'],
  ])('%s', async (member, written) => {
    const range = (await registryOf(CARD)).of('bot')!.at(member)!;
    expect(CARD.slice(range.start, range.end)).toBe(written);
  });

  test.each([
    'tierReason',
    'risk.none',
    'tools.9',
    'tools.length',
    'constructor',
    '__proto__',
    'owner.x',
    '',
  ])('none of `%s`', async (member) => {
    expect((await registryOf(CARD)).of('bot')!.at(member)).toBeNull();
  });

  test('in a list of cards', async () => {
    const text = '- id: a\n- id: b\n  owner: me\n';
    const range = (await registryOf(text)).of('b')!.at('owner')!;
    expect(text.slice(range.start, range.end)).toBe('me');
  });
});

describe('mistakes', () => {
  const text =
    'id: a\nonwer: me\nriskTier: hihg\ndeployment:\n  breakers:\n    - { id: b, count: sum, per: agent, limit: 1, windowMinutes: 1 }\n';
  const told = async (manifest?: string) => {
    const document = textDocument(text);
    const { diagnostics } = await registryOf(text, manifest);
    return diagnostics.map(({ code, severity, message, range }) => {
      const { line, column } = document.lineColumn(range!.start);
      return `${line}:${column} ${severity} ${code}: ${message}`;
    });
  };

  test('are warnings where nobody asked for governance', async () => {
    expect(await told()).toEqual([
      '2:1 warning agent-member-unknown: `onwer` is an attribute of your own here; did you mean `owner`?',
      '3:11 warning agent-member-invalid: `riskTier` must be one of low, medium, high, critical; this is `hihg`. Did you mean `high`?',
      '6:23 warning agent-breaker-incomplete: `deployment.breakers[0]` sums nothing: say with `pointer` where the number stands, such as /args/amount',
    ]);
  });

  test('are errors where the manifest has a section `governance`, and never fatal', async () => {
    expect((await told('version: 1\ngovernance: {}\n')).map((line) => line.split(' ')[1])).toEqual([
      'error',
      'error',
      'error',
    ]);
    const { diagnostics } = await registryOf(text, 'version: 1\ngovernance: {}\n');
    expect(diagnostics.some(({ fatal }) => fatal)).toBe(false);
  });

  test('of one member leave the others standing', async () => {
    const agent = (await registryOf('id: a\nowner: [1]\npurpose: x\nreviews: 3\ntools: {}\n')).of('a')!;
    expect([agent.owner, agent.purpose, agent.reviews.impactAssessment, agent.tools]).toEqual([
      null,
      'x',
      null,
      [],
    ]);
  });
});

test('any JSON at all is read without an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (risk, rest) => {
      const card = JSON.stringify({
        id: 'x',
        risk,
        reviews: rest,
        deployment: rest,
        tools: risk,
        owner: rest,
      });
      const { agents } = await registryOf(card, 'version: 1\n', 'agents/x.json');
      expect(agents).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test('days are counted between calendar days of UTC', () => {
  expect(daysSince('2026-05-01', '2026-05-01T23:59:59Z')).toBe(0);
  expect(daysSince('2026-05-01', '2026-05-02T00:00:00Z')).toBe(1);
  expect(daysSince('2024-02-28', '2024-03-01T00:00:00Z')).toBe(2);
  expect(daysSince('2026-05-02', '2026-05-01T00:00:00Z')).toBe(-1);
  expect(daysSince('2026-02-30', '2026-05-01T00:00:00Z')).toBeNull();
});
