/** What reports for people say, where a snapshot would be too easily accepted. */
import { describe, expect, test } from 'vitest';
import { unseenConditions } from '../src/covered/unseen.ts';
import { explainReporters, replayReporters, testReporters } from '../src/index.ts';
import * as fixtures from './fixtures.ts';

const options = { color: false, width: 100 };

describe('coverage', () => {
  test('conditions that were not seen both ways, leaves before the clause they are part of', () => {
    expect(unseenConditions(fixtures.replay).map((one) => [one.why, one.condition.text])).toEqual([
      ['never true', 'context.input has reason'],
      ['never true', 'context.input.account like "third-party:*"'],
      ['never reached', 'context.input.verified'],
      ['never false', 'input.tool.name == "refund"'],
    ]);
  });

  test('a clause whose leaves were all seen both ways is told itself', () => {
    const [policy] = fixtures.replay.policies.slice(1);
    const [whole, ...leaves] = policy!.conditions;
    const seen = leaves.map((one) => ({ ...one, true: 1, false: 1 }));
    const conditions = [{ ...whole!, true: 0 }, ...seen];
    const report = { ...fixtures.replay, policies: [{ ...policy!, conditions }], helpers: [] };
    expect(unseenConditions(report).map((one) => one.why)).toEqual(['never true']);
  });

  test('a long list is cut and counted', () => {
    const policy = fixtures.replay.policies[2]!;
    const conditions = Array.from({ length: 25 }, () => policy.conditions[3]!);
    const text = replayReporters.text!(
      { ...fixtures.replay, policies: [{ ...policy, conditions }] },
      options,
    );
    expect(text.match(/^ {2}never reached {2}/gm)).toHaveLength(10);
    expect(text).toContain('\n  ... and 15 more; --format lcov or html shows them all\n');
  });
});

test('no report says compliant', () => {
  const formats = Object.entries(replayReporters).filter(([name]) => name !== 'html');
  for (const [, write] of formats) expect(/\bcompliant\b/i.test(write(fixtures.replay, options))).toBe(false);
  expect(replayReporters.text!(fixtures.replay, options)).toContain('It is no statement of\n  compliance.');
});

test('provisions outside the profile are put away in a line', () => {
  const text = replayReporters.text!(fixtures.replay, options);
  expect(text).toContain('\n    2 outside the profile\n');
  expect(text).not.toContain('27(1)');
});

describe('explain', () => {
  const lines = explainReporters.text!(fixtures.explain, options).split('\n');

  test('operands stand below their clause with a sign and a word', () => {
    const start = lines.findIndex((line) => line.includes('refund-above-limit  escalate'));
    expect(lines.slice(start + 1, start + 6).map((line) => line.slice(0, 20).trimEnd())).toEqual([
      '      + true       1',
      '        + true',
      '        - false',
      '        + true',
      '        . unreached',
    ]);
  });

  test('what the call came to in no part takes no line', () => {
    expect(lines.some((line) => line.includes('context.input.verified'))).toBe(false);
  });
});

describe('tests', () => {
  test('the last line counts', () => {
    const last = testReporters.text!(fixtures.tests, options).trimEnd().split('\n').at(-1);
    expect(last).toBe('6 tests: 2 passed, 2 failed, 1 error, 1 skipped');
  });

  test('of very many the failed ones stay', () => {
    const skipped = Array.from({ length: 100 }, () => fixtures.tests.tests[2]!);
    const text = testReporters.text!(
      { ...fixtures.tests, tests: [...fixtures.tests.tests, ...skipped] },
      options,
    );
    expect(text).toContain('\n  ... and 54 more; --format json lists them all\n');
    expect(text.match(/^ {2}(failed|error) /gm)).toHaveLength(3);
  });
});
