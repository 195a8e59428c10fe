import { textDocument } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { agentJsonSchema, checkAgentCard, parseData } from '../src/index.ts';
import { formatted } from './formatted.ts';

/** `line:column kind message` of what is wrong with a card. */
function issues(text: string, path: readonly (string | number)[] = []): string[] {
  const document = textDocument(text);
  return checkAgentCard(parseData(text), path).map(({ kind, message, range }) => {
    const { line, column } = document.lineColumn(range.start);
    return `${line}:${column} ${kind} ${message}`;
  });
}

test('a card that says everything is as it should be', () => {
  expect(
    issues(`id: bot
owner: team@example.com
accountable: { name: Ada, role: head }
risk: { dataSensitivity: restricted, decisionAuthority: acts-alone, blastRadius: third-parties }
riskTier: critical
tools: [read, { name: pay, scopes: [eur] }]
deployment:
  failMode: closed
  breakers: [{ id: many, count: sum, pointer: /args/amount, per: agent, limit: 200.5, windowMinutes: 60 }]
reviews:
  impactAssessment: { date: 2026-05-01, by: Bo, evidence: { file: docs/a.pdf, sha256: ${'a0'.repeat(32)} } }
  signOffs: [{ role: risk, by: Bo, date: 2026-05-02, envelope: signed/bo.json }]
mayRefund: true
`),
  ).toEqual([]);
});

describe('a mistake is told where it stands', () => {
  test.each([
    [
      'id: a\nrisk:\n  blastRadius: orgnisation',
      '3:16 invalid-value `risk.blastRadius` must be one of one-record, one-team, organisation, third-parties; this is `orgnisation`. Did you mean `organisation`?',
    ],
    [
      'id: a\nrisk: { dataSensitivty: public }',
      '2:9 unknown-key unknown key `risk.dataSensitivty`; did you mean `dataSensitivity`?',
    ],
    ['id: a\nonwer: me', '2:1 unknown-key `onwer` is an attribute of your own here; did you mean `owner`?'],
    [
      'id: a\nrisk_tier: low',
      '2:1 unknown-key `risk_tier` is an attribute of your own here; did you mean `riskTier`?',
    ],
    [
      'id: a\nreviews: { impactAssessment: { date: 2026-02-30, by: Bo } }',
      '2:38 invalid-value `reviews.impactAssessment.date` must be a day that the calendar has, such as 2026-05-01; this is `2026-02-30`',
    ],
    [
      'id: a\nreviews: { adversarialTest: { date: 2026-02-03 } }',
      '2:12 invalid-value `reviews.adversarialTest.by` is missing; it must be a text',
    ],
    [
      'id: a\ntools: [{ name: x, scope: [] }]',
      '2:20 unknown-key unknown key `tools[0].scope`; did you mean `scopes`?',
    ],
    [
      'id: a\ntools: [3]',
      '2:9 invalid-value `tools[0]` must be a tool name, or an object with name and scopes; this is `3`',
    ],
    ['id: a\ntools: x', '2:8 invalid-value `tools` must be a list of tool names; this is `x`'],
    [
      'id: a\nreviews: { signOffs: [{ role: r, by: b, date: 2026-01-01, evidence: { file: ../x, sha256: A } }] }',
      '2:77 invalid-value `reviews.signOffs[0].evidence.file` must be a path below the workspace, without a leading `/` and without `..`; this is `../x`',
    ],
  ])('%s', (text, expected) => {
    expect(issues(text)[0]).toBe(expected);
  });

  test('in a list of cards, by the name that it has in its card', () => {
    expect(issues('- id: a\n- id: b\n  deployment: { failMode: opne }', [1])).toEqual([
      '3:27 invalid-value `deployment.failMode` must be one of closed, open; this is `opne`. Did you mean `open`?',
    ]);
  });
});

test('a member without a value is not stated', () => {
  expect(issues('id: a\nowner:\nreviews:')).toEqual([]);
});

test('names of builtins are attributes as any other', () => {
  expect(issues('id: a\n__proto__: { polluted: 1 }\nconstructor: 3')).toEqual([]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('the published schema is what is checked', async () => {
  await expect(formatted(agentJsonSchema())).toMatchFileSnapshot('../schema/agent.schema.json');
});
