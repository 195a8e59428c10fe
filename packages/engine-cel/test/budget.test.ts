import { describe, expect, test } from 'vitest';
import { compileProgram } from '../src/program.ts';
import { brief, call, decide, load, loadSet } from './load.ts';

const TEN = '[0,1,2,3,4,5,6,7,8,9]';

function run(expression: string, budget?: number) {
  const program = compileProgram(expression, {}, budget === undefined ? {} : { budget });
  if (!program.run) throw new Error(JSON.stringify(program.issues));
  return program.run({});
}

function nested(depth: number, body: string): string {
  let expression = body;
  for (let level = 0; level < depth; level++) expression = `${TEN}.all(v${level}, ${expression})`;
  return expression;
}

describe('a budget of steps', () => {
  test('stops a comprehension that runs away, in steps and not in time', () => {
    expect(run(nested(9, 'true'))).toEqual({ error: 'stopped after 200000 steps', kind: 'budget' });
    expect(run(nested(3, 'true'))).toEqual({ value: true });
  });

  test('counts one step for each node', () => {
    // A macro costs one step a round and its body's nodes; the list and its ten elements stand outside.
    expect(run(`${TEN}.all(x, x >= 0)`, 52)).toEqual({ value: true });
    expect(run(`${TEN}.all(x, x >= 0)`, 51)).toEqual({ error: 'stopped after 51 steps', kind: 'budget' });
  });

  test('is not absorbed by || or exists', () => {
    expect(run(`${nested(9, 'true')} || true`)).toEqual({
      error: 'stopped after 200000 steps',
      kind: 'budget',
    });
    expect(run(`[1, 2].exists(x, x == 2 || ${nested(9, 'true')})`)).toMatchObject({ kind: 'budget' });
  });

  test.each([
    ['strings that double', `${'cel.bind(s, s + s, '.repeat(40)}s${')'.repeat(40)}`],
    ['lists that double', `${'cel.bind(s, s + s, '.repeat(40)}s${')'.repeat(40)}`],
  ])('bounds %s', (name, body) => {
    const start = name.startsWith('strings') ? "'0123456789'" : '[1, 2, 3]';
    expect(run(`cel.bind(s, ${start}, ${body})`)).toMatchObject({ kind: 'budget' });
  });

  test('bounds what replace makes of a text', () => {
    const grow = `${".replace('a', 'aaaaaaaaaa')".repeat(12)}`;
    expect(run(`'aaaaaaaaaa'${grow}.size()`)).toMatchObject({ kind: 'budget' });
  });

  test('a decision that is stopped is indeterminate and names its policy', async () => {
    const set = await loadSet(`name: p\nrule:\n  match:\n    - output: '${nested(9, 'true')}'\n`, {
      budget: 1000,
    });
    expect(decide(set, call('t'))).toEqual({
      outcome: 'indeterminate',
      basis: 'failed',
      determining: [],
      reasons: [],
      obligations: [],
      errors: [{ policy: 'policies/p.cel.yaml#p/0', message: 'stopped after 1000 steps', kind: 'budget' }],
    });
  });

  test('each decision has its own', async () => {
    const set = await loadSet(`${TEN}.all(x, x >= 0)`, { path: 'p.cel', budget: 60 });
    for (let i = 0; i < 5; i++) expect(brief(set, call('t'))).toBe('allow p');
  });
});

describe('patterns', () => {
  test('that would backtrack for ever are matched in a moment', () => {
    const before = performance.now();
    expect(run(`'${'a'.repeat(28)}b'.matches('^(a+)+$')`)).toEqual({ value: false });
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('that are none are found at load', () => {
    const program = compileProgram("'a'.matches('(?=a)')", {});
    expect(program.issues).toEqual([
      {
        code: 'cel-type-error',
        message: 'not a regular expression (RE2): invalid or unsupported Perl syntax: `(?=`',
        start: 12,
        end: 19,
      },
    ]);
  });
});

describe('texts that nest without end', () => {
  test.each([
    ['parentheses', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['negations', `${'!'.repeat(50_000)}true`],
    ['lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['conditionals', `${'true ? 1 : '.repeat(20_000)}1`],
    ['fields', `a${'.a'.repeat(40_000)}`],
    ['sums', `1${' + 1'.repeat(15_000)}`],
  ])('are one finding: %s', (_name, text) => {
    const { issues } = compileProgram(text, { a: 'dyn' });
    expect(issues).toHaveLength(1);
    expect(issues?.[0]?.code).toMatch(/^cel-(parse-error|unsupported)$/);
  });

  test('a long chain of || is no nesting', () => {
    expect(run(`${'false || '.repeat(1000)}true`)).toEqual({ value: true });
  });

  test('YAML nested deeply is a finding', async () => {
    const { set, diagnostics } = await load(`rule: ${'['.repeat(30_000)}`);
    expect(set).toBeUndefined();
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['cel-yaml-error']));
  });
});
