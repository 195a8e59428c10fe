import type { Call } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { at, card, codes, order, run } from './support.ts';

/** An order that a person must approve, and what the recording says of it. */
function escalated(parts: Partial<Call>): Call {
  return order(0, 700, { id: 'o', ...parts });
}

async function review(tier: string, parts: Partial<Call>, deployment = '{ approvers: [ann] }') {
  const { report } = await run({
    files: { 'agents/bot.yaml': card(tier, deployment) },
    calls: [escalated(parts)],
  });
  const { summary, events } = report;
  return {
    reviews: summary.reviews,
    through: [summary.permitted, summary.unvalidated],
    events: events.map(({ ts, kind }) => [ts, kind]),
    minutes: report.reviewMinutes?.max ?? null,
    codes: codes(report),
  };
}

const counts = (state: 'granted' | 'rejected' | 'expired') => ({
  requested: 1,
  granted: 0,
  rejected: 0,
  expired: 0,
  [state]: 1,
});

test('a recorded approval lets the call through, at its own time', async () => {
  expect(await review('high', { approval: { state: 'granted', by: 'ann', at: at(90) } })).toEqual({
    reviews: counts('granted'),
    through: [1, 0],
    events: [
      [at(0), 'review-requested'],
      [at(90), 'review-granted'],
    ],
    minutes: 1.5,
    codes: [],
  });
});

test('without a time of its own it took as long as the call, else it came at once', async () => {
  const granted = { state: 'granted', by: 'ann' } as const;
  expect((await review('high', { approval: granted, durationMs: 60_000 })).minutes).toBe(1);
  expect((await review('high', { approval: granted })).minutes).toBe(0);
});

test('a rejection blocks', async () => {
  const { reviews, through } = await review('low', { approval: { state: 'rejected', by: 'ann' } });
  expect([reviews, through]).toEqual([counts('rejected'), [0, 0]]);
});

describe('an answer that does not count', () => {
  test('is one from nobody whom the card names', async () => {
    const found = await review('high', { approval: { state: 'granted', by: 'eve', at: at(1) } });
    expect([found.reviews, found.through, found.codes]).toEqual([
      counts('expired'),
      [0, 0],
      ['answer-not-honoured warning'],
    ]);
  });

  test('is one that came late, by a millisecond', async () => {
    const granted = (seconds: number) => ({
      approval: { state: 'granted', by: 'ann', at: at(seconds) } as const,
    });
    expect((await review('high', granted(1_800))).reviews).toEqual(counts('granted'));
    const late = await review('high', granted(1_800.001));
    expect([late.reviews, late.codes]).toEqual([counts('expired'), ['answer-not-honoured warning']]);
  });

  test('is anybody who answers where no approver is named: that counts', async () => {
    expect((await review('high', { approval: { state: 'granted', by: 'eve' } }, '{}')).reviews).toEqual(
      counts('granted'),
    );
  });
});

test.each([
  ['critical', 15, 0, []],
  ['high', 30, 0, []],
  ['medium', 60, 1, ['passed-unreviewed warning']],
  ['low', 240, 1, ['passed-unreviewed warning']],
])('nobody answers: tier %s waits %i minutes', async (tier, minutes, through, found) => {
  const { reviews, through: passed, events, codes: told } = await review(tier, {});
  expect([reviews, passed, told]).toEqual([counts('expired'), [through, through], found]);
  expect(events).toEqual([
    [at(0), 'review-requested'],
    [at(minutes * 60), 'review-expired'],
  ]);
});

test('the card sets another time, and failing open is an error for the high tier', async () => {
  const { events, codes: told } = await review('high', {}, '{ reviewMinutes: 5, failMode: open }');
  expect(events.at(-1)).toEqual([at(300), 'review-expired']);
  expect(told).toEqual(['passed-unreviewed error', 'fail-mode-looser warning']);
});
