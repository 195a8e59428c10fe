import type { Diagnostic } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { applyIgnores } from '../src/index.ts';

/** A file where `§` marks the start of a finding `unsafe`; what is left, as `line code message`. */
function check(marked: string, comment = '//', code = 'unsafe'): string[] {
  const start = marked.indexOf('§');
  const text = marked.replace('§', '');
  const range = start === -1 ? null : { start, end: start + 1 };
  const diagnostic: Diagnostic = { code, severity: 'warning', message: 'm', file: 'f', range };
  return applyIgnores([diagnostic], [{ path: 'f', text, comment }]).map(
    (d) => `${d.range ? text.slice(0, d.range.start).split('\n').length : 0} ${d.code}`,
  );
}

describe('a comment silences', () => {
  test('on the line itself', () => {
    expect(check('permit(§x); // benchbook-ignore unsafe: known')).toEqual([]);
  });
  test('alone on the line above', () => {
    expect(check('a\n  # benchbook-ignore unsafe: known\n§b', '#')).toEqual([]);
  });
  test('above other comments, blank lines and further ignores', () => {
    expect(check('a\n# benchbook-ignore unsafe: x\n# METADATA\n\n# title: t\n§b', '#')).toEqual([]);
  });
  test('a finding inside the comment block that follows it', () => {
    expect(check('a\n# benchbook-ignore unsafe: x\n# METADATA\n# §title: t\nb', '#')).toEqual([]);
  });
  test('several codes', () => {
    expect(check('§a // benchbook-ignore unsafe, other: known')).toEqual(['1 unused-ignore']);
  });
  test('a finding about the whole file, from the top of it', () => {
    expect(check('// licence\n// benchbook-ignore unsafe: known\na')).toEqual([]);
  });
});

describe('a comment does not silence', () => {
  test('the next line from the end of a line', () => {
    expect(check('a // benchbook-ignore unsafe: known\n§b')).toEqual(['1 unused-ignore', '2 unsafe']);
  });
  test('beyond the first line of code', () => {
    expect(check('// benchbook-ignore unsafe: known\na\n§b')).toEqual(['1 unused-ignore', '3 unsafe']);
  });
  test('a whole-file finding from below', () => {
    expect(check('a\n// benchbook-ignore unsafe: known\nb')).toEqual(['0 unsafe', '2 unused-ignore']);
  });
  test('another code', () => {
    expect(check('§a // benchbook-ignore other: known')).toEqual(['1 unsafe', '1 unused-ignore']);
  });
  test('in the comment syntax of another language', () => {
    expect(check('§a # benchbook-ignore unsafe: known')).toEqual(['1 unsafe']);
  });
  test('by a word that only begins like it', () => {
    expect(check('§a // benchbook-ignored unsafe: known')).toEqual(['1 unsafe']);
  });
});

test('without a reason it silences nothing and is told', () => {
  const text = 'a // benchbook-ignore unsafe';
  const diagnostic: Diagnostic = {
    code: 'unsafe',
    severity: 'info',
    message: 'm',
    file: 'f',
    range: { start: 0, end: 1 },
  };
  expect(applyIgnores([diagnostic], [{ path: 'f', text, comment: '//' }])).toEqual([
    diagnostic,
    {
      code: 'ignore-without-reason',
      severity: 'warning',
      message: 'say why after a colon: `benchbook-ignore unsafe: reason`',
      file: 'f',
      range: { start: 5, end: 28 },
    },
  ]);
  expect(check('a // benchbook-ignore unsafe:   \n')).toEqual(['0 unsafe', '1 ignore-without-reason']);
  expect(check('§a // benchbook-ignore')).toEqual(['1 unsafe', '1 ignore-without-reason']);
});

test('a fatal finding stands, whatever is written', () => {
  const fatal: Diagnostic = {
    code: 'parse',
    severity: 'error',
    message: 'm',
    file: 'f',
    range: { start: 0, end: 1 },
    fatal: true,
  };
  const files = [{ path: 'f', text: 'a // benchbook-ignore parse: known', comment: '//' }];
  expect(applyIgnores([fatal], files, { parse: 'off' }).map((d) => [d.code, d.severity])).toEqual([
    ['parse', 'error'],
    ['unused-ignore', 'warning'],
  ]);
});

test('severities of the manifest hold, for what is wrong with comments too', () => {
  const at = (code: string, start: number): Diagnostic => ({
    code,
    severity: 'warning',
    message: 'm',
    file: 'f',
    range: { start, end: start + 1 },
  });
  const files = [{ path: 'f', text: 'a // benchbook-ignore x: y', comment: '//' }];
  const severities = { one: 'error', two: 'off', 'unused-ignore': 'hint' } as const;
  const left = applyIgnores([at('two', 3), at('three', 2), at('one', 1)], files, severities);
  expect(left.map((d) => [d.code, d.severity])).toEqual([
    ['one', 'error'],
    ['three', 'warning'],
    ['unused-ignore', 'hint'],
  ]);
});

test('a finding that is off counts as silenced for its comment', () => {
  const diagnostic: Diagnostic = {
    code: 'x',
    severity: 'info',
    message: 'm',
    file: 'f',
    range: { start: 0, end: 1 },
  };
  const files = [{ path: 'f', text: 'a // benchbook-ignore x: y', comment: '//' }];
  expect(applyIgnores([diagnostic], files, { x: 'off' })).toEqual([]);
});

test('a file of comments alone takes time in proportion to its length', () => {
  const text = '// benchbook-ignore x: y\n'.repeat(50_000);
  const before = performance.now();
  expect(applyIgnores([], [{ path: 'f', text, comment: '//' }]).length).toBe(50_000);
  expect(applyIgnores([], [{ path: 'f', text: '//'.repeat(1_000_000) + text, comment: '//' }]).length).toBe(
    50_000,
  );
  expect(performance.now() - before).toBeLessThan(5_000);
});
