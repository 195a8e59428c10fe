import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideSecrets } from '../../src/incidents/delivery/hide-secrets.ts';
import { backOff, retryAfterMs, verdictOf } from '../../src/incidents/delivery/retry.ts';
import { seededRandom } from '../../src/index.ts';

const NOW = Date.parse('2026-05-01T10:00:00Z');
const answer = (status: number, retryAfter: string | null = null, body = '') =>
  verdictOf({ kind: 'answer', status, retryAfter, body }, NOW);

test.each([
  [200, 'sent'],
  [202, 'sent'],
  [301, 'refused'],
  [307, 'refused'],
  [400, 'refused'],
  [401, 'refused'],
  [404, 'refused'],
  [408, 'later'],
  [413, 'refused'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
] as const)('%i is %s', (status, kind) => {
  expect(answer(status).kind).toBe(kind);
});

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Fri, 01 May 2026 10:01:30 GMT', 90_000],
    ['Fri, 01 May 2026 09:00:00 GMT', 0],
    ['9999999999', 24 * 3600 * 1000],
    ['-5', null],
    ['1e9', null],
    ['soon', null],
    [null, null],
  ])('%s', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

test('back-off doubles, keeps within its bounds, and is the same for the same seed', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const longest = Math.min(30_000, 500 * 2 ** Math.min(attempt, 20));
        expect(backOff(attempt, random)).toBeGreaterThanOrEqual(longest / 2);
        expect(backOff(attempt, random)).toBeLessThanOrEqual(longest);
      },
    ),
  );
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(Array.from({ length: 2000 }, seededRandom(1)).every((one) => one >= 0 && one < 1)).toBe(true);
});

test('a sink that repeats a secret does not get it into a reason', () => {
  const secrets = new Map([
    ['PD_KEY', 'p@ss "w/ord'],
    ['SHORT', 'p@ss'],
  ]);
  const echo = `key p@ss "w/ord, ${encodeURIComponent('p@ss "w/ord')}, ${JSON.stringify({ k: 'p@ss "w/ord' })}, ${btoa('p@ss "w/ord')}\u0007`;
  expect(hideSecrets(echo, secrets)).toBe('key <PD_KEY>, <PD_KEY>, {"k":"<PD_KEY>"}, <PD_KEY>=');
  const header = `got Basic ${btoa('bob:p@ss')} and bearer abc.d-e`;
  expect(hideSecrets(header, secrets)).toBe('got Basic <hidden> and bearer <hidden>');
  expect(hideSecrets('x'.repeat(5000), secrets).length).toBe(300);
});
