import type { FileEdit, Location } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { open, withCursor } from './workspace.ts';

const PATH = 'p/pay.cel.yaml';

const POLICY = `name: pay
rule:
  id: pay
  variables:
    - name: big
      expression: args.amount > 10
    - name: both
      expression: 'variables.big && args.ok'
  match:
    - id: large
      condition: "variables.big && args.items.exists(i, i.price > 1 && i.ok)"
      output: '"deny"'
    - condition: variables.both
      rule:
        variables:
          - name: big
            expression: "args.other"
        match:
          - id: inner
            condition: variables.big
            output: '"deny"'
`;
const SIDECAR = 'pay: [a:b]\npay/large: [a:b]\n"pay/1/inner": [c:d]\nelse: [a:b]\n';
const TESTS = `section:
  - name: large
    tests:
      - name: large
  - name: pay/large
  - name: other
`;
const FILES = { [PATH]: POLICY, 'p/pay.controls.yaml': SIDECAR, 'p/pay.tests.yaml': TESTS };

/** Puts a cursor before the nth occurrence of a text in a file. */
async function on(text: string, nth = 0, path = PATH, files: Record<string, string> = FILES) {
  const session = await open(files);
  let offset = -1;
  for (let count = 0; count <= nth; count++) offset = (files[path] ?? '').indexOf(text, offset + 1);
  if (offset < 0) throw new Error(text);
  return { language: session.language, offset, path };
}

/** Places as `file:line:text of the line from there`. */
function shown(places: readonly Location[], files: Record<string, string> = FILES): string[] {
  return places.map(({ file, range }) => {
    const text = files[file] ?? '';
    const line = text.slice(0, range.start).split('\n').length;
    return `${file}:${line}:${text.slice(range.start, range.end)}`;
  });
}

/** Applies edits to the files. */
function applied(edits: readonly FileEdit[], files: Record<string, string> = FILES): Record<string, string> {
  return Object.fromEntries(
    edits.map(({ file, edits: own }) => {
      let text = files[file] ?? '';
      for (const { range, newText } of [...own].sort((a, b) => b.range.start - a.range.start)) {
        text = text.slice(0, range.start) + newText + text.slice(range.end);
      }
      return [file, text];
    }),
  );
}

describe('definition and references', () => {
  test('of a variable, the nearest of its name', async () => {
    const { language, offset, path } = await on('big && args.items');
    expect(shown(language.definition(path, offset))).toEqual([`${PATH}:5:big`]);
    expect(shown(language.references(path, offset, false))).toEqual([`${PATH}:8:big`, `${PATH}:11:big`]);
    const inner = await on('big\n            output');
    expect(shown(inner.language.definition(PATH, inner.offset))).toEqual([`${PATH}:16:big`]);
    expect(shown(inner.language.references(PATH, inner.offset, true))).toEqual([
      `${PATH}:16:big`,
      `${PATH}:20:big`,
    ]);
  });

  test('of a name that a macro binds', async () => {
    const { language, offset } = await on('i.ok');
    const [place] = language.definition(PATH, offset);
    expect(POLICY.slice((place?.range.start ?? 0) - 7, place?.range.end)).toBe('exists(i');
    expect(language.references(PATH, offset, true)).toHaveLength(3);
  });

  test('of ids, also from sidecars and tests', async () => {
    const { language, offset } = await on('large', 1, 'p/pay.tests.yaml');
    // The name of a test is no id.
    expect(language.definition('p/pay.tests.yaml', offset)).toEqual([]);
    const section = await on('large', 0, 'p/pay.tests.yaml');
    expect(shown(section.language.definition('p/pay.tests.yaml', section.offset))).toEqual([
      `${PATH}:10:large`,
    ]);
    const key = await on('large', 0, 'p/pay.controls.yaml');
    expect(shown(key.language.definition('p/pay.controls.yaml', key.offset))).toEqual([`${PATH}:10:large`]);
    expect(shown(key.language.references(PATH, POLICY.indexOf('large'), false))).toEqual([
      'p/pay.controls.yaml:2:large',
      'p/pay.tests.yaml:2:large',
      'p/pay.tests.yaml:5:large',
    ]);
    expect(shown(key.language.references(PATH, POLICY.indexOf('pay\n  variables'), true))).toEqual([
      `${PATH}:3:pay`,
      'p/pay.controls.yaml:1:pay',
      'p/pay.controls.yaml:2:pay',
      'p/pay.controls.yaml:3:pay',
      'p/pay.tests.yaml:5:pay',
    ]);
  });

  test('of a file that is one expression', async () => {
    const files = { 'p/limit.cel': '// x\nargs.a', 'p/limit.controls.yaml': 'limit: [a:b]\n' };
    const { language } = await open(files);
    expect(shown(language.definition('p/limit.controls.yaml', 2), files)).toEqual(['p/limit.cel:1:']);
    expect(language.prepareRename('p/limit.controls.yaml', 2)).toEqual({
      refused: 'the policy has the name of its file: rename the file',
    });
  });

  test('of a fact stay in the file', async () => {
    const files = { 'p/a.cel': 'args.x > 1 || args["x"] < 0 || args.y == args.x', 'p/b.cel': 'args.x == 1' };
    const { language } = await open(files);
    expect(language.definition('p/a.cel', 6)).toEqual([]);
    expect(shown(language.references('p/a.cel', 6, true), files)).toEqual(['p/a.cel:1:x', 'p/a.cel:1:x']);
  });
});

describe('rename', () => {
  test('a variable', async () => {
    const { language, offset } = await on('big && args.items');
    expect(language.prepareRename(PATH, offset)).toEqual({
      range: { start: offset, end: offset + 3 },
      name: 'big',
    });
    const edits = language.rename(PATH, offset, 'huge') as readonly FileEdit[];
    const text = applied(edits)[PATH] ?? '';
    expect(text.match(/huge/g)).toHaveLength(3);
    expect(text).toContain('- name: huge\n      expression: args.amount > 10');
    expect(text).toContain('condition: variables.big\n');
    const refused = [
      ['a b', '`a b` is no name for a variable'],
      ['in', '`in` is no name for a variable'],
      ['both', '`both` is the name of another variable here'],
    ];
    for (const [name, reason] of refused)
      expect(language.rename(PATH, offset, name ?? '')).toEqual({ refused: reason });
  });

  test('a name of a macro', async () => {
    const { language, offset } = await on('i, i.price');
    const edits = language.rename(PATH, offset, 'item') as readonly FileEdit[];
    expect(applied(edits)[PATH]).toContain('args.items.exists(item, item.price > 1 && item.ok)');
    expect(language.rename(PATH, offset, 'args')).toEqual({
      refused: '`args` is a variable of every request',
    });
  });

  test('an id, with the keys of the sidecar and the sections of tests', async () => {
    const { language, offset } = await on('large');
    expect(applied(language.rename(PATH, offset, 'huge') as readonly FileEdit[])).toEqual({
      [PATH]: POLICY.replace('id: large', 'id: huge'),
      'p/pay.controls.yaml': SIDECAR.replace('pay/large', 'pay/huge'),
      'p/pay.tests.yaml': TESTS.replace('- name: large\n    tests', '- name: huge\n    tests').replace(
        'pay/large',
        'pay/huge',
      ),
    });
    const rule = applied(
      language.rename(PATH, POLICY.indexOf('pay\n  variables'), 'money') as readonly FileEdit[],
    );
    expect(rule['p/pay.controls.yaml']).toBe(
      'money: [a:b]\nmoney/large: [a:b]\n"money/1/inner": [c:d]\nelse: [a:b]\n',
    );
    expect(language.rename(PATH, offset, 'a: b')).toEqual({
      refused: '`a: b` is no id: use letters, digits, `_`, `-`, `.` and blanks',
    });
    // The second case has no id, so that `pay/1` is its name.
    expect(language.rename(PATH, offset, '1')).toEqual({
      refused: '`1` is the id of another rule or case here',
    });
    const two = {
      [PATH]: 'rule:\n  match:\n    - id: a\n      output: "true"\n    - id: b\n      output: "true"\n',
    };
    const other = await on('a\n', 0, PATH, two);
    expect(other.language.rename(PATH, other.offset, 'b')).toEqual({
      refused: '`b` is the id of another rule or case here',
    });
  });

  test('not what the call or CEL names', async () => {
    const { language } = await open({ 'p/x.cel': 'size(args.a) > 1' });
    expect(language.prepareRename('p/x.cel', 1)).toEqual({ refused: '`size` is a function of CEL' });
    expect(language.prepareRename('p/x.cel', 6)).toEqual({
      refused: '`args` comes from the call: it cannot be renamed here',
    });
    expect(language.prepareRename('p/x.cel', 15)).toBeNull();
  });
});

test('highlights tell where a name is declared', async () => {
  const { language, offset } = await on('big && args.items');
  expect(language.highlights(PATH, offset).map(({ range, kind }) => [range.start, kind])).toEqual([
    [POLICY.indexOf('big'), 'write'],
    [POLICY.indexOf('big &&'), 'read'],
    [POLICY.indexOf('big && args.items'), 'read'],
  ]);
  const { text, offset: at } = withCursor('si|>ze(args.a) > size(args.b)');
  const other = await open({ 'p/x.cel': text });
  expect(other.language.highlights('p/x.cel', at)).toEqual([
    { range: { start: 0, end: 4 }, kind: 'text' },
    { range: { start: 15, end: 19 }, kind: 'text' },
  ]);
});
