import { editDistance, suggest } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileGlobs, nameMatcher, splitGlob } from '../src/index.ts';

test.each([
  ['policies/**', 'policies', '**'],
  ['./a//b/*.{x,y}', 'a/b', '*.{x,y}'],
  ['a/b.cedar', 'a/b.cedar', ''],
  ['../x/**', '../x', '**'],
  ['**', '', '**'],
  ['.', '', ''],
])('%s is split before the first wildcard', (pattern, base, rest) => {
  expect(splitGlob(pattern)).toEqual({ base, rest });
});

describe.each([
  ['policies/**', ['policies/a.cedar', 'policies/b/.manifest'], ['policies', 'policies2/a.cedar']],
  ['policies/*.cedar', ['policies/a.cedar'], ['policies/b/a.cedar', 'policies/a.rego']],
  ['*.{yaml,yml}', ['a.yaml', 'b.yml'], ['a/b.yaml', 'a.json']],
  ['policies', ['policies', 'policies/a', 'policies/b/c'], ['policies2/a', 'a/policies']],
  ['a[1].json', ['a[1].json', 'a1.json'], ['a2.json']],
  ['a (copy)/*.json', ['a (copy)/x.json'], ['acopy/x.json']],
  ['', ['a', 'b/c'], []],
])('%s', (pattern, yes, no) => {
  const find = compileGlobs([pattern]);
  test.each(yes)('finds %s', (path) => expect(find(path)).toBeDefined());
  test.each(no)('does not find %s', (path) => expect(find(path)).toBeUndefined());
});

test('tool names are matched by name and wildcard', () => {
  const matches = nameMatcher(['refund', 'mcp_*', '!mcp_admin']);
  expect(['refund', 'refunds', 'mcp_x', 'mcp_admin'].map(matches)).toEqual([true, false, true, false]);
});

describe('a suggestion', () => {
  test.each([
    ['polices', 'policies'],
    ['trcaes', 'traces'],
    ['Default', 'default'],
    ['zzz', undefined],
  ])('for %s is %s', (word, expected) => {
    expect(suggest(word, ['policies', 'traces', 'default', 'tools'])).toBe(expected);
  });

  test('is measured by a distance: zero for equal words only, the same both ways, at most the longer length', () => {
    const word = fc.stringMatching(/^[abc]{0,8}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
