/** Holds each PDP state, tier and fail mode against the tables of docs/simulation.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnforcedCall, PdpState, RiskTier } from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import type { SimulationOptions } from '../../src/index.ts';
import { card, order, run } from './support.ts';

/** Cells of the table below its mark, without its heading. */
function tableOf(mark: string): string[][] {
  const page = readFileSync(join(repositoryRoot, 'docs/simulation.md'), 'utf8');
  const after = page.split(`<!-- table: ${mark} -->\n`)[1]!;
  const lines = after.trim().split('\n\n')[0]!.split('\n');
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** How each row of the first table is brought about, for a call half a second into the outage. */
const played: { readonly [row: string]: { readonly state: PdpState } & SimulationOptions } = {
  up: { state: 'up' },
  'slow, within the time-out': { state: 'slow', latency: { kind: 'samples', samples: [900] } },
  'slow, beyond the time-out': { state: 'slow', latency: { kind: 'samples', samples: [1_100] } },
  'timing-out': { state: 'timing-out' },
  crashing: { state: 'crashing' },
  erroring: { state: 'erroring' },
  'flapping, up': { state: 'flapping', flapMs: 400 },
  'flapping, down': { state: 'flapping', flapMs: 600 },
};

const answers = tableOf('answers');
const outcomes = tableOf('no-answer');

test('the tables name every state and tier', () => {
  expect(answers.map(([row]) => row)).toEqual(Object.keys(played));
  expect(outcomes.map(([tier]) => tier)).toEqual(['critical', 'high', 'medium', 'low']);
});

const [before, inside, denied] = [order(0, 10), order(1, 10), order(1, 5_000, { seq: 2 })];
const outages = [{ kind: 'after', offsetMs: 500, durationMs: 1_000 }] as const;

/** What the PEP did with an allowed and a denied call of the outage, and the findings about fail modes. */
async function play(row: string, tier: string, deployment: string, failMode?: 'closed' | 'open') {
  const seen: EnforcedCall[] = [];
  const { report } = await run({
    files: { 'agents/bot.yaml': card(tier, deployment) },
    calls: [before, inside, denied],
    options: { ...played[row], outages, ...(failMode && { failMode }) },
    hooks: { onEnforced: (enforced) => void seen.push(enforced) },
  });
  const actions = seen.slice(1).map(({ action, by, unvalidated }) => [action, by, unvalidated]);
  const codes = report.findings.map(({ code }) => code).filter((code) => code.startsWith('fail-mode'));
  return { actions, codes, latency: seen[1]!.latencyMs, decision: seen[1]!.decision };
}

const decided = [
  ['permitted', 'policy', false],
  ['blocked', 'policy', false],
];
const withoutAnswer: { readonly [word: string]: unknown } = {
  blocked: Array(2).fill(['blocked', 'fail-mode', false]),
  unvalidated: Array(2).fill(['permitted', 'fail-mode', true]),
};

describe.each(answers)('PDP %s (answer: %s)', (row, answer) => {
  describe.each(outcomes)('tier %s', (tier, ...cells) => {
    test.each([
      ['by tier', '', undefined, cells[0]!],
      ['card closed', '{ failMode: closed }', undefined, cells[1]!],
      ['card open', '{ failMode: open }', undefined, cells[2]!],
      ['option closed', '{ failMode: open }', 'closed', cells[1]!],
      ['option open', '{ failMode: closed }', 'open', cells[2]!],
    ] as const)('%s', async (_, deployment, failMode, cell) => {
      const [word, code] = cell.replaceAll('`', '').split(', ');
      const played = await play(row, tier as RiskTier, deployment, failMode);
      expect(played.actions).toEqual(answer === 'yes' ? decided : withoutAnswer[word!]);
      expect(played.codes).toEqual(code ? [code] : []);
      expect(played.decision).toBe(answer === 'yes' ? 'allow' : null);
    });
  });
});

test('the PEP waits as long as the PDP takes, and no longer than its time-out', async () => {
  const latencies = await Promise.all(
    Object.keys(played).map(async (row) => (await play(row, 'high', '')).latency),
  );
  expect(latencies).toEqual([0, 900, 1_000, 1_000, 0, 0, 0, 0]);
});

test('an agent that nobody registered is taken for critical', async () => {
  const { report } = await run({ calls: [before, inside], options: { state: 'crashing', outages } });
  expect(report.agents).toEqual([
    {
      agent: 'bot',
      tier: 'critical',
      failMode: 'closed',
      overridden: false,
      calls: 2,
      unvalidated: 0,
      blocked: 1,
    },
  ]);
  expect(report.findings.map(({ code, message }) => [code, message])).toEqual([
    [
      'agent-unknown',
      'bot: no card in the registry, so its 2 calls ran as of the critical tier; write a card',
    ],
  ]);
});
