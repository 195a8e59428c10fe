import { dedent } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { applied, openLanguage } from './open.ts';

const opened = await openLanguage();

function rename(files: Readonly<Record<string, string>>, newName: string, on = opened) {
  const at = on.at(files);
  const prepared = on.language.prepareRename(at.path, at.offset);
  const done = on.language.rename(at.path, at.offset, newName);
  if ('refused' in done) return { prepared, refused: done.refused };
  const texts = Object.fromEntries(
    done.map(({ file, edits }) => {
      const name = file.slice('policies/'.length);
      const text = file === at.path ? at.text : files[name]!;
      return [name, applied(text, edits)];
    }),
  );
  return { prepared, texts };
}

describe('renames', () => {
  test('a function in every file, by every way it is named', () => {
    const { texts } = rename(
      {
        'a.rego':
          'package a\n\nimport data.lib\nimport data.lib.small\n\nallow if { small(1); lib.small(2); data.lib["small"](3) }\n',
        'lib.rego': 'package lib\n\nsm|all(x) if x < 3\n\nsmall(x) if x == 7\n',
        'a_test.rego': 'package a_test\n\nimport data.lib.small as little\n\ntest_it if little(1)\n',
      },
      'tiny',
    );
    expect(texts).toEqual({
      'a.rego':
        'package a\n\nimport data.lib\nimport data.lib.tiny\n\nallow if { tiny(1); lib.tiny(2); data.lib["tiny"](3) }\n',
      'lib.rego': 'package lib\n\ntiny(x) if x < 3\n\ntiny(x) if x == 7\n',
      'a_test.rego': 'package a_test\n\nimport data.lib.tiny as little\n\ntest_it if little(1)\n',
    });
  });

  test('a variable in its clause alone, in head and body', () => {
    const text = dedent`
      package a
      deny contains msg if { m|sg := "a" }
      warn contains msg if { msg := "b" }
    `;
    const { prepared, texts } = rename({ 'a.rego': text }, 'why');
    expect(prepared).toEqual({ range: { start: 33, end: 36 }, name: 'msg' });
    expect(texts).toEqual({
      'a.rego': 'package a\ndeny contains why if { why := "a" }\nwarn contains msg if { msg := "b" }',
    });
  });

  test('what shadows it stays', () => {
    const text = 'package a\nf(x|) := y if { y := [x | some x in input.args.xs]; x > 1 }\n';
    expect(rename({ 'a.rego': text.replace('[x |', '[x ||') }, 'z').texts).toEqual({
      'a.rego': 'package a\nf(z) := y if { y := [x | some x in input.args.xs]; z > 1 }\n',
    });
  });

  test('an import gets an alias', () => {
    const lib = { 'lib.rego': 'package lib.money\n\nsum(x) := x\n' };
    const { texts } = rename(
      { 'a.rego': 'package a\n\nimport data.lib.money\n\nx := mon|ey.sum(1)\n', ...lib },
      'cash',
    );
    expect(texts).toEqual({ 'a.rego': 'package a\n\nimport data.lib.money as cash\n\nx := cash.sum(1)\n' });
    const again = rename(
      { 'a.rego': 'package a\n\nimport data.lib.money as cash\n\nx := ca|sh.sum(1)\n', ...lib },
      'coins',
    );
    expect(again.texts).toEqual({
      'a.rego': 'package a\n\nimport data.lib.money as coins\n\nx := coins.sum(1)\n',
    });
  });
});

describe('refuses', () => {
  const refused = (text: string, name: string, more = {}, on = opened) =>
    rename({ 'a.rego': text, ...more }, name, on).refused;

  test("what is not the policy's to name", () => {
    expect(refused('package a\nx if co|unt([1]) > 0', 'n')).toBe('`count` is built in.');
    expect(refused('package a\nx if input.args.am|ount', 'n')).toBe(
      '`amount` comes with the call: the policy does not name it.',
    );
    expect(refused('package a|\nx if true', 'n')).toMatch(/^Packages are not renamed/);
    expect(refused('package a\nx if tr|ue', 'n')).toBe('Nothing here can be renamed.');
  });

  test('names that are none, or taken', () => {
    const text =
      'package a\nhel|per if true\nother if true\nallow if { helper; some thing in [1]; thing > 0 }\n';
    expect(refused(text, 'a b')).toBe('`a b` is no name in Rego.');
    expect(refused(text, 'if')).toBe('`if` is no name in Rego.');
    expect(refused(text, 'other')).toBe('`other` is a rule of `data.a` already.');
    expect(refused(text, 'count')).toBe('`count` is a function of Rego.');
    expect(refused(text, 'thing')).toBe('`thing` is a variable in policies/a.rego already.');
    expect(refused('package a\nimport data.lib\nhel|per if true\n', 'lib')).toBe(
      '`lib` is imported in policies/a.rego.',
    );
    expect(refused('package a\nother if true\nf(x|) if x > 1\n', 'other')).toBe(
      '`other` is a rule of this package already.',
    );
  });

  test('what decides by its name', async () => {
    expect(refused('package a\nal|low if true', 'fine')).toBe(
      '`allow` decides by its name; as `fine` it would not do the same.',
    );
    expect(refused('package a\nfi|ne if true', 'deny')).toBe(
      'A rule of the name `deny` decides; `fine` does not.',
    );
    expect(rename({ 'a.rego': 'package a\nde|ny if true' }, 'deny_more').texts).toEqual({
      'a.rego': 'package a\ndeny_more if true',
    });
    const listed = await openLanguage({ settings: { entrypoints: ['a/verdict'] } });
    expect(refused('package a\nver|dict if true', 'answer', {}, listed)).toBe(
      '`verdict` is an entrypoint in benchbook.yaml.',
    );
  });

  test('a rule that may be read by a name that is made', () => {
    expect(
      refused('package a\nhel|per if true\n', 'x', { 'b.rego': 'package b\ny if data.a[input.args.name]\n' }),
    ).toBe('policies/b.rego reads members of `data.a` by names that it makes.');
  });
});
