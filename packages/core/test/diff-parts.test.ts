import type { ControlReport, DiffLatency, Flip, Outcome, PolicyReport, PolicySet } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { compareControls } from '../src/diff/controls.ts';
import { compareCoverage, type VersionFigures } from '../src/diff/coverage.ts';
import { findingsOf } from '../src/diff/findings.ts';
import { groupFlips } from '../src/diff/groups.ts';
import { matchPolicies } from '../src/diff/match.ts';
import type { PlacedPolicy } from '../src/diff/version.ts';

const placed = (id: string, over: { rootId?: string; digest?: string; text?: string } = {}): PlacedPolicy =>
  ({
    set: {} as PolicySet,
    index: 0,
    policy: { id, digest: over.digest ?? `digest of ${id}`, language: 'cedar', effect: null },
    rootId: over.rootId ?? id,
    text: over.text ?? `text of ${id}`,
  }) as unknown as PlacedPolicy;

describe('policies are matched', () => {
  const told = (base: readonly PlacedPolicy[], head: readonly PlacedPolicy[]) =>
    matchPolicies(base, head).map(({ base: old, head: now, change }) => [
      old?.policy.id,
      now?.policy.id,
      change,
    ]);

  test('by id first', () => {
    expect(told([placed('a#x'), placed('a#y')], [placed('a#y'), placed('a#x', { digest: 'other' })])).toEqual(
      [
        ['a#y', 'a#y', 'same'],
        ['a#x', 'a#x', 'context'],
      ],
    );
  });

  test('by their place below the policies folder', () => {
    const base = placed('old/a#x', { rootId: 'a#x', text: 'limit 1', digest: '1' });
    const head = placed('policies/a#x', { rootId: 'a#x', text: 'limit 2', digest: '2' });
    expect(told([base], [head])).toEqual([['old/a#x', 'policies/a#x', 'changed']]);
  });

  test('by what they say, then by their text', () => {
    expect(told([placed('a#x', { digest: 'd' })], [placed('b#y', { digest: 'd' })])).toEqual([
      ['a#x', 'b#y', 'renamed'],
    ]);
    expect(told([placed('a#x', { text: 't' })], [placed('b#y', { text: 't' })])).toEqual([
      ['a#x', 'b#y', 'context'],
    ]);
  });

  test('or are added and removed', () => {
    expect(told([placed('a#x')], [placed('b#y')])).toEqual([
      [undefined, 'b#y', 'added'],
      ['a#x', undefined, 'removed'],
    ]);
  });
});

const flip = (policy: string, from: Outcome, to: Outcome): Flip => ({
  call: `${policy} ${from}`,
  session: 's',
  tool: 'refund',
  agent: null,
  user: 'alice',
  from,
  to,
  because: [policy],
  condition: null,
  determining: { base: [], head: [] },
  reasons: { base: [], head: [] },
  errors: { base: [], head: [] },
  afterDivergence: false,
  approved: null,
  source: { file: 'a.jsonl' },
});

test('groups with newly allowed calls stand first, whatever their size', () => {
  const flips = [flip('a', 'allow', 'deny'), flip('a', 'allow', 'deny'), flip('b', 'deny', 'allow')];
  const groups = groupFlips(flips, () => 'changed');
  expect(groups.map(({ policy, flips: count, agents, users }) => [policy, count, agents, users])).toEqual([
    ['b', 1, [], [{ name: 'alice', flips: 1 }]],
    ['a', 2, [], [{ name: 'alice', flips: 2 }]],
  ]);
});

describe('coverage', () => {
  const figures = (applied: readonly number[], seen: readonly [number, number][]): VersionFigures => ({
    policies: applied.map(
      (count, index) =>
        ({
          id: `a#${index}`,
          file: 'a',
          applied: count,
          conditions: [{ text: 'c', true: seen[index]![0], false: seen[index]![1], range: {} }],
        }) as unknown as PolicyReport,
    ),
    helpers: [],
    controls: [],
  });
  const pairs = [0, 1].map((index) => ({
    base: placed(`a#${index}`),
    head: placed(`a#${index}`),
    change: 'same' as const,
  }));

  test('that was never there is not lost', () => {
    const base = figures(
      [0, 3],
      [
        [0, 3],
        [3, 1],
      ],
    );
    const head = figures(
      [0, 0],
      [
        [0, 3],
        [0, 4],
      ],
    );
    expect(compareCoverage(base, head, pairs)).toEqual({
      policies: { base: 0.5, head: 0 },
      conditions: { base: 0.5, head: 0 },
      lost: { policies: ['a#1'], conditions: [{ text: 'c', file: 'a', range: {}, policy: 'a#1' }] },
    });
  });
});

test('controls are told where policies, evidence or decisions differ', () => {
  const control = (ref: string, determined: number, evidenced = true) =>
    ({ ref, title: ref, policies: ['p'], evidenced, determined }) as unknown as ControlReport;
  const base = [control('same', 1), control('fewer', 3), control('gone', 1), control('lost', 1)];
  const head = [control('same', 1), control('fewer', 2), control('new', 0, false), control('lost', 1, false)];
  expect(
    compareControls(base, head).map(({ ref, policies, evidenced, determined }) => [
      ref,
      policies,
      evidenced,
      determined,
    ]),
  ).toEqual([
    ['fewer', { base: 1, head: 1 }, { base: true, head: true }, { base: 3, head: 2 }],
    ['gone', { base: 1, head: 0 }, { base: true, head: false }, { base: 1, head: 0 }],
    ['lost', { base: 1, head: 1 }, { base: true, head: false }, { base: 1, head: 1 }],
    ['new', { base: 0, head: 1 }, { base: false, head: false }, { base: 0, head: 0 }],
  ]);
});

describe('latency is a finding', () => {
  const latency = (interval: [number, number], head = 1) =>
    ({ p99: { base: 1, head, ratio: 1.3, interval, verdict: 'regression' } }) as unknown as DiffLatency;
  const found = (interval: [number, number], thresholds: object, head?: number) =>
    findingsOf([], [], latency(interval, head), thresholds).map((one) => 'threshold' in one && one.threshold);

  test('only where the whole interval lies above the ratio', () => {
    expect(found([1.21, 1.4], { p99Ratio: 1.2 })).toEqual(['p99Ratio']);
    expect(found([1.19, 1.5], { p99Ratio: 1.2 })).toEqual([]);
    expect(found([1.5, 1.9], {})).toEqual([]);
  });

  test('or where head is above the milliseconds', () => {
    expect(found([0.9, 1.1], { p99Ms: 5 }, 5.1)).toEqual(['p99Ms']);
    expect(found([0.9, 1.1], { p99Ms: 5 }, 5)).toEqual([]);
  });
});
