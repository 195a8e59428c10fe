import { expect, test } from 'vitest';
import { open } from './workspace.ts';

async function formatted(text: string, path = 'p/x.cel'): Promise<string | null> {
  const { language } = await open({ [path]: text });
  const edits = language.format(path);
  if (!edits) return null;
  let result = text;
  for (const { range, newText } of [...edits].reverse()) {
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  }
  return result;
}

test.each([
  ['args.a==1&&args . b  !=  -1', 'args.a == 1 && args.b != -1\n'],
  ['! ( args.a ) ||args.b in[ 1,2 ]', '!(args.a) || args.b in [1, 2]\n'],
  [
    'args.xs.exists( x ,x>1 )?{"a":1,"b" :2}.a==1:false',
    'args.xs.exists(x, x > 1) ? {"a": 1, "b": 2}.a == 1 : false\n',
  ],
  ['args.?a.orValue( 1 )-1 == - 2', 'args.?a.orValue(1) - 1 == -2\n'],
  ['args[?0].hasValue()', 'args[?0].hasValue()\n'],
  ['// why\n  args.a  &&   // so\n  args.b&&args.c  \n', '// why\n  args.a && // so\n  args.b && args.c\n'],
  ['"""a\n  b  """ ==args.a', '"""a\n  b  """ ==args.a\n'],
])('%s', async (text, expected) => {
  expect(await formatted(text)).toBe(expected);
  expect(await formatted(expected)).toBe(expected);
});

test('in YAML, plain expressions of one line alone', async () => {
  const text = `rule:
  match:
    - condition:   args.a==1   # why
      output: '"deny"=="x"'
    - condition: >-
        args.a==1
      output: size("a  b")>1
`;
  expect(await formatted(text, 'p/x.cel.yaml')).toBe(
    text.replace('args.a==1   #', 'args.a == 1   #').replace('size("a  b")>1', 'size("a  b") > 1'),
  );
});

test('what YAML would read otherwise stays', async () => {
  const text = 'rule:\n  match:\n    - condition: args.a ?true :false\n      output: "true"\n';
  expect(await formatted(text, 'p/x.cel.yaml')).toBe(text);
});

test('nothing where something does not parse', async () => {
  expect(await formatted('args.a ==')).toBeNull();
  expect(await formatted('rule: [', 'p/x.cel.yaml')).toBeNull();
});
