import { expect, test } from 'vitest';
import { openLanguage } from './open.ts';

const opened = await openLanguage();

function uses(text: string): unknown[] {
  const { path } = opened.at({ 'a.rego': text.replaceAll('|', '||') });
  return opened.language.uses(path).map((use) => {
    const at = text.slice(use.range.start, use.range.end);
    if (use.kind === 'tool') return [at, use.name];
    return [at, use.pointer, use.tools.join(' '), ...(use.guarded ? ['guarded'] : [])];
  });
}

test('tools and arguments of a body', () => {
  expect(
    uses(
      'package a\nallow if {\n\tinput.tool.name == "pay"\n\tinput.args.amount < 3\n}\ndeny if input.args.x\n',
    ),
  ).toEqual([
    ['name', '/tool/name', 'pay'],
    ['"pay"', 'pay'],
    ['amount', '/args/amount', 'pay'],
    ['x', '/args/x', '', 'guarded'],
  ]);
});

test('several tools; what is not certain is no restriction', () => {
  const tools = (body: string) => {
    const found = uses(`package a\nallow if {\n\t${body}\n\tinput.args.amount < 3\n}\n`) as string[][];
    return found.find(([, pointer]) => pointer === '/args/amount')![2];
  };
  expect(tools('input.tool.name in {"b", "a"}')).toBe('a b');
  expect(tools('name := input.tool.name\n\tname == "a"')).toBe('a');
  expect(tools('"a" == input.tool.name')).toBe('a');
  expect(tools('input.tool.name in {"b", "a"}\n\tinput.tool.name != "c"')).toBe('a b');
  expect(tools('not input.tool.name == "a"')).toBe('');
  expect(tools('input.tool.name != "a"')).toBe('');
  expect(tools('input.tool.name in {"a", input.args.other}')).toBe('');
  expect(tools('count([1 | input.tool.name == "a"]) == 0')).toBe('');
  expect(tools('x := {input.tool.name == "a"}')).toBe('');
  expect(tools('input.tool.name == "a" with input as {}')).toBe('');
});

test('guards, defaults, elements, imports', () => {
  expect(
    uses(
      'package a\nimport input.args\nallow if {\n\tnot args.x\n\tobject.get(input.args, ["y", "z"], 1) > 0\n\tsome item in args.items\n\titem.price > args.q["k"]\n}\n',
    ),
  ).toEqual([
    ['x', '/args/x', '', 'guarded'],
    ['args', '/args', ''],
    ['"z"', '/args/y/z', '', 'guarded'],
    ['items', '/args/items', ''],
    ['price', '/args/items/-/price', ''],
    ['"k"', '/args/q/k', ''],
  ]);
});

test('nothing of a file that does not parse', () => {
  expect(uses('package a\nallow if {\n\tinput.tool.name == "pay"\n')).toEqual([]);
});

test('through the mapping', async () => {
  const mapped = await openLanguage({
    mapping: { input: { what: '/tool/name', given: '/args', by: { literal: 1 } } },
  });
  const { path } = mapped.at({
    'a.rego': 'package a\nallow if {\n\tinput.what == "pay"\n\tinput.given.amount < 3\n\tinput.by == 1\n}\n',
  });
  expect(
    mapped.language.uses(path).map((use) => (use.kind === 'tool' ? use.name : [use.pointer, use.tools])),
  ).toEqual([['/tool/name', ['pay']], 'pay', ['/args/amount', ['pay']]]);
});
