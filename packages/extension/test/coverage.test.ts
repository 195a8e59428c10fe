import type { ConditionReport, PolicyReport, TestCaseReport } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { fileDetails } from '../src/tests/coverage.ts';
import { testTree } from '../src/tests/test-tree.ts';

const range = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});
const condition = (line: number, text: string, counts: Partial<ConditionReport>): ConditionReport => ({
  range: range(line, 3, line, 9),
  text,
  parent: null,
  true: 0,
  false: 0,
  error: 0,
  unreached: 0,
  ...counts,
});
const policy = (file: string, name: string, conditions: readonly ConditionReport[]): PolicyReport => ({
  id: `${file}#${name}`,
  file,
  language: 'cedar',
  effect: 'forbid',
  mode: 'enforce',
  range: range(1, 1, 5, 3),
  applied: 4,
  silent: 0,
  determined: 4,
  errors: 0,
  wouldDetermine: 0,
  controls: [],
  conditions,
});

describe('coverage', () => {
  test('lines are statements, conditions their branches, policies declarations; all counted from 0', () => {
    const details = fileDetails({
      policies: [policy('p.cedar', 'limit', [condition(3, 'a > 1', { true: 4, false: 6, error: 1 })])],
      helpers: [],
      lines: [
        {
          file: 'p.cedar',
          language: 'cedar',
          lines: [
            { line: 1, hits: 11 },
            { line: 3, hits: 11 },
          ],
        },
      ],
    });
    const at = { startLine: 2, startCharacter: 2, endLine: 2, endCharacter: 8 };
    expect(details).toEqual([
      {
        file: 'p.cedar',
        statements: [
          { line: 0, hits: 11, branches: [] },
          {
            line: 2,
            hits: 11,
            branches: [
              { label: 'a > 1: true', hits: 4, range: at },
              { label: 'a > 1: false', hits: 6, range: at },
            ],
          },
        ],
        declarations: [
          { name: 'limit', hits: 4, range: { startLine: 0, startCharacter: 0, endLine: 4, endCharacter: 2 } },
        ],
      },
    ]);
  });

  test('conditions of helpers count too, where no line says that it can be reached', () => {
    const [file] = fileDetails({
      policies: [],
      helpers: [{ file: 'h.rego', language: 'rego', conditions: [condition(7, 'x', { true: 2, error: 3 })] }],
      lines: [],
    });
    expect(file?.statements.map(({ line, hits }) => [line, hits])).toEqual([[6, 5]]);
  });

  test('files stand by path', () => {
    const lines = ['b.cedar', 'a.cedar'].map((file) => ({
      file,
      language: 'cedar',
      lines: [{ line: 1, hits: 0 }],
    }));
    expect(fileDetails({ policies: [], helpers: [], lines }).map(({ file }) => file)).toEqual([
      'a.cedar',
      'b.cedar',
    ]);
  });
});

test('tests stand under their files, each with an id of its own', () => {
  const one = (file: string, name: string): TestCaseReport => ({
    kind: 'rego',
    name,
    file,
    range: null,
    state: 'passed',
    message: '',
  });
  const tree = testTree([one('a_test.rego', 'x'), one('b_test.rego', 'x'), one('a_test.rego', 'x')]);
  expect(tree.map(({ file, tests }) => [file, tests.map(({ id }) => id)])).toEqual([
    ['a_test.rego', ['["a_test.rego","rego","x"]', '["a_test.rego","rego","x"][2]']],
    ['b_test.rego', ['["b_test.rego","rego","x"]']],
  ]);
});
