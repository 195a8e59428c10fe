import { dedent } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { bracketed, openLanguage } from './open.ts';

const opened = await openLanguage();
const TEXT = dedent`
  # METADATA
  # title: Payments
  package pay.out

  import data.lib
  import data.lib.limit as most

  default allow := false

  # METADATA
  # title: Small ones
  # custom:
  #   controls:
  #     eu-ai-act: ["14(1)"]
  allow if {
  	small(input.args.amount)
  	every x in [
  		1,
  	] {
  		x > 0
  	}
  }

  allow if lib.ok

  small(x) if x < most
`;

test('symbols', () => {
  const { path } = opened.at({ 'a.rego': TEXT });
  const found = opened.language.symbols(path);
  expect(found.map(({ name, detail, kind }) => [name, detail, kind])).toEqual([
    ['pay.out', '', 'package'],
    ['data.lib', '', 'import'],
    ['data.lib.limit', 'as most', 'import'],
    ['allow', 'default', 'rule'],
    ['allow', 'Small ones', 'policy'],
    ['allow[2]', '', 'policy'],
    ['small', '', 'function'],
  ]);
  const shown = bracketed(TEXT.replaceAll(/[[\]]/g, '!'), [found[4]!.range, found[4]!.selection]);
  expect(shown.split('\n').filter((line) => /[[\]]/.test(line))).toEqual([
    '[# METADATA',
    '[allow] if {',
    '}]',
  ]);
});

test('tests, and rules that do not parse', () => {
  const { language } = opened;
  opened.at({ 'a_test.rego': 'package a_test\n\ntest_x if true\n\nhelper if {\n\ntest_y if {\n\ttrue\n' });
  expect(language.symbols('policies/a_test.rego').map(({ name, kind }) => [name, kind])).toEqual([
    ['a_test', 'package'],
    ['test_x', 'test'],
    ['helper', 'rule'],
    ['test_y', 'test'],
  ]);
});

test('folding', () => {
  const { path } = opened.at({ 'a.rego': TEXT });
  const lines = opened.language.folding(path).map(({ range, kind }) => {
    const line = (offset: number) => TEXT.slice(0, offset).split('\n').length;
    return [line(range.start), line(range.end), kind];
  });
  expect(lines).toEqual([
    [1, 2, 'comment'],
    [5, 6, 'imports'],
    [10, 14, 'comment'],
    [15, 22, 'code'],
    [17, 19, 'code'],
    [19, 21, 'code'],
  ]);
});

test('selections', () => {
  const { path, offset } = opened.at({ 'a.rego': TEXT.replace('x > 0', 'x| > 0') });
  const found = opened.language
    .selections(path, offset)
    .map(({ start, end }) => TEXT.slice(start, end).trim());
  expect(found.slice(0, 3)).toEqual(['x', 'x > 0', 'x > 0']);
  expect(found[3]).toBe('{\n\t\tx > 0\n\t}');
  expect(found.at(-1)).toBe(TEXT.trim());
  expect(found.at(-2)).toMatch(/^# METADATA\n# title: Small ones[\s\S]*\n}$/);
  expect(found.at(-3)).toMatch(/^allow if \{[\s\S]*\n}$/);
  const one = opened.at({ 'a.rego': 'package a\nx if input.args.am|ount > 3' });
  const parts = opened.language
    .selections(one.path, one.offset)
    .map(({ start, end }) => one.text.slice(start, end));
  expect(parts).toEqual([
    'amount',
    'input.args.amount',
    'x if input.args.amount > 3',
    'package a\nx if input.args.amount > 3',
  ]);
});

describe('tokens', () => {
  const tokens = (text: string) => {
    const { path } = opened.at({ 'a.rego': text.replaceAll('|', '||') });
    return opened.language
      .tokens(path)
      .map(({ range, type, modifiers }) => [
        text.slice(range.start, range.end),
        [type, ...modifiers].join(' '),
      ]);
  };

  test('of rules', () => {
    expect(
      tokens(
        'package a\nimport data.lib\n\nf(x) := y if {\n\ty := lib.g(x, input.args["k"])\n\tcount([1 | f(2)]) != 3\n}\n',
      ),
    ).toEqual([
      ['package', 'keyword'],
      ['a', 'namespace declaration'],
      ['import', 'keyword'],
      ['data', 'namespace'],
      ['lib', 'namespace'],
      ['f', 'function declaration'],
      ['x', 'parameter declaration'],
      [':=', 'operator'],
      ['y', 'variable'],
      ['if', 'keyword'],
      ['y', 'variable declaration'],
      [':=', 'operator'],
      ['lib', 'namespace'],
      ['g', 'property'],
      ['x', 'parameter'],
      ['input', 'variable defaultLibrary'],
      ['args', 'property'],
      ['"k"', 'property'],
      ['count', 'function defaultLibrary'],
      ['1', 'number'],
      ['|', 'operator'],
      ['f', 'function'],
      ['2', 'number'],
      ['!=', 'operator'],
      ['3', 'number'],
    ]);
  });

  test('of comments and strings over several lines', () => {
    expect(
      tokens('package a\n# METADATA\n# title: x\nallow if regex.match(`a\nb`, $"c{1}d") # e\n').slice(2),
    ).toEqual([
      ['# ', 'comment'],
      ['METADATA', 'decorator'],
      ['# ', 'comment'],
      ['title', 'decorator'],
      [': x', 'comment'],
      ['allow', 'property declaration'],
      ['if', 'keyword'],
      ['regex', 'function defaultLibrary'],
      ['match', 'function defaultLibrary'],
      ['`a', 'string'],
      ['b`', 'string'],
      ['$"c', 'string'],
      ['1', 'number'],
      ['d"', 'string'],
      ['# e', 'comment'],
    ]);
  });
});

describe('signature', () => {
  const signature = (text: string) => {
    const { path, offset } = opened.at({
      'a.rego': text,
      'lib.rego': 'package lib\n\n# METADATA\n# title: Small\nsmall(x, [y, _]) if x < y\n',
    });
    const found = opened.language.signature(path, offset);
    if (!found) return null;
    const { label, parameters } = found.signatures[found.active]!;
    const active = parameters[found.parameter];
    return [label, active && label.slice(active.start, active.end)];
  };

  test('of builtins', () => {
    expect(signature('package a\nx if regex.match(|)')).toEqual([
      'regex.match(pattern: string, value: string) -> boolean',
      'pattern: string',
    ]);
    expect(signature('package a\nx if regex.match(concat(",", ["a", "b"]), |')?.[1]).toBe('value: string');
    expect(signature('package a\nx if regex.match(concat("|,", ["a"]), "b")')?.[0]).toMatch(
      /^concat\(delimiter: string/,
    );
  });

  test('of own functions, in every package', () => {
    expect(signature('package a\nimport data.lib\nx if lib.small(1, |)')).toEqual([
      'small(x, [y, _])',
      '[y, _]',
    ]);
    expect(signature('package a\nf(a, b) if a > b\nx if f(|')).toEqual(['f(a, b)', 'a']);
  });

  test('nowhere else', () => {
    expect(signature('package a\nx if count([1])| > 3')).toBeNull();
    expect(signature('package a\nx if (|1)')).toBeNull();
  });
});
