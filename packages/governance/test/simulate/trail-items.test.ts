import { canonicalJson, digest } from '@benchbook/model';
import { expect, test } from 'vitest';
import { parseResets, type TrailItem, trailHooks } from '../../src/index.ts';
import { at, card, order, run } from './support.ts';

test('a trail gets decisions, reviews and resets in the order of the clock', async () => {
  const items: TrailItem[] = [];
  const calls = [
    order(0, 10, { id: 'allowed', user: { id: 'ann' } }),
    order(60, 700, { id: 'held', seq: 1, approval: { state: 'granted', by: 'bea', at: at(150) } }),
    order(120, 5_000, { id: 'passed', seq: 2 }),
    order(180, 10, { id: 'stopped', seq: 3 }),
    order(240, 10, { id: 'again', seq: 4 }),
  ];
  const deployment =
    '{ failMode: open, breakers: [{ id: three, count: calls, per: agent, limit: 3, windowMinutes: 60 }] }';
  await run({
    files: { 'agents/bot.yaml': card('high', deployment) },
    calls,
    options: {
      state: 'crashing',
      outages: [{ kind: 'after', offsetMs: 100_000, durationMs: 30_000 }],
      resets: parseResets(
        `- { at: '${at(200)}', rule: three, key: bot, by: cia, reason: looked at it }`,
      ) as never,
    },
    hooks: trailHooks({
      certificateOf: (agent) => (agent === 'bot' ? 'c0ffee' : null),
      withCalls: false,
      take: (item) => void items.push(item),
    }),
  });
  expect(
    items.map(({ entry }) => [
      entry.ts,
      entry.kind,
      entry.action.call,
      entry.actor.user,
      entry.outcome,
      entry.enforced,
      entry.by,
      entry.note ?? null,
    ]),
  ).toEqual([
    [at(0), 'decision', 'allowed', 'ann', 'allow', 'permitted', 'policy', null],
    [at(60), 'decision', 'held', null, 'escalate', 'blocked', 'review', 'held for a person'],
    [
      at(120),
      'decision',
      'passed',
      null,
      null,
      'permitted',
      'fail-mode',
      'the PDP ended before it answered; fail open; the policies say deny',
    ],
    [at(150), 'review', 'held', 'bea', 'escalate', 'permitted', 'review', 'granted by bea'],
    [
      at(180),
      'decision',
      'stopped',
      null,
      'allow',
      'blocked',
      'breaker',
      'breaker bot/three is tripped for bot',
    ],
    [
      at(200),
      'reset',
      'stopped',
      'cia',
      null,
      'permitted',
      'breaker',
      'breaker bot/three reset for bot: looked at it',
    ],
    [at(240), 'decision', 'again', null, 'allow', 'permitted', 'policy', null],
  ]);
  const { ts, tool, args, agent, user } = calls[0]!;
  const facts = { agent, args, session: {}, tool, ts, user };
  expect(items[0]!.entry.context).toBe(digest(canonicalJson(facts as never)));
  expect(new Set(items.map(({ entry }) => entry.certificate))).toEqual(new Set(['c0ffee']));
});
