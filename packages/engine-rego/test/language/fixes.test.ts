import type { CodeFix, Diagnostic } from '@benchbook/model';
import { dedent } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { applied, KNOWN, type Opened, openLanguage } from './open.ts';

const opened = await openLanguage();

/** Titles and results of the fixes at the cursor, for what the engine finds itself and `more`. */
async function fixes(
  marked: string,
  more: readonly Omit<Diagnostic, 'file'>[] = [],
  on: Opened = opened,
  files: Readonly<Record<string, string>> = {},
) {
  const at = on.at({ 'a.rego': marked, ...files });
  const { diagnostics } = await on.session.snapshot();
  const range = { start: at.offset, end: at.offset };
  const all = [...diagnostics, ...more.map((one) => ({ ...one, file: at.path }))];
  const found = on.language.fixes(at.path, range, all, KNOWN);
  return found.map((fix) => ({ fix, title: fix.title, text: applied(at.text, fix.edits[0]!.edits) }));
}

const quick = (all: { fix: CodeFix; title: string; text: string }[]) =>
  all.filter(({ fix }) => fix.kind === 'quickfix').map(({ title, text }) => [title, text]);

describe('did you mean', () => {
  test.each([
    ['package a\nallow if cu|ont([1]) > 0\n', 'count', 'package a\nallow if count([1]) > 0\n'],
    [
      'package a\nlimits := 3\nallow if li|mit > 0\n',
      'limits',
      'package a\nlimits := 3\nallow if limits > 0\n',
    ],
    ['package a\nallow if input.t|ol.name == "x"\n', 'tool', 'package a\nallow if input.tool.name == "x"\n'],
    [
      'package a\nallow if input["t|ol"].name == "x"\n',
      'tool',
      'package a\nallow if input["tool"].name == "x"\n',
    ],
  ])('%s', async (text, name, result) => {
    const found = await fixes(text);
    expect(quick(found)).toEqual([[`Change to \`${name}\``, result]]);
    expect(found.find(({ fix }) => fix.kind === 'quickfix')!.fix.isPreferred).toBe(true);
  });

  test('tools and arguments that others miss', async () => {
    const tool = {
      code: 'unknown-tool',
      severity: 'warning',
      message: '',
      range: { start: 38, end: 46 },
    } as const;
    expect(quick(await fixes('package a\nallow if input.tool.name == "refnud|"\n', [tool]))).toEqual([
      ['Change to `refund`', 'package a\nallow if input.tool.name == "refund"\n'],
    ]);
    const argument = {
      code: 'unknown-argument',
      severity: 'warning',
      message: '',
      range: { start: 30, end: 36 },
    } as const;
    expect(
      quick(
        await fixes('package a\nallow if input.args.amo|utn > 3\n', [
          { ...argument, range: { start: 30, end: 36 } },
        ]),
      ),
    ).toEqual([['Change to `amount`', 'package a\nallow if input.args.amount > 3\n']]);
  });
});

describe('the syntax of v0', () => {
  test('if and contains', async () => {
    const text =
      'package a\n\ndeny[m|sg] {\n\tmsg := "no"\n}\n\nallow {\n\tinput.x\n}\n\nf(x) = y {\n\ty := x\n}\n';
    expect(quick(await fixes(text))).toEqual([
      [
        'Write the rule in Rego v1',
        'package a\n\ndeny contains msg if {\n\tmsg := "no"\n}\n\nallow {\n\tinput.x\n}\n\nf(x) = y {\n\ty := x\n}\n',
      ],
      [
        'Write all rules of the file in Rego v1',
        'package a\n\ndeny contains msg if {\n\tmsg := "no"\n}\n\nallow if {\n\tinput.x\n}\n\nf(x) = y if {\n\ty := x\n}\n',
      ],
    ]);
  });

  test('import rego.v1 where v0 is read', async () => {
    const old = await openLanguage({ settings: { version: 0 } });
    const found = quick(await fixes('package a\n\ndeny conta|ins msg if {\n\tmsg := "no"\n}\n', [], old));
    expect(found).toEqual([
      ['Add `import rego.v1`', 'package a\n\nimport rego.v1\n\ndeny contains msg if {\n\tmsg := "no"\n}\n'],
    ]);
  });
});

describe('METADATA', () => {
  test('stands apart', async () => {
    expect(quick(await fixes('package a\n\n# META|DATA\n# title: x\n\nallow if true\n'))).toEqual([
      ['Remove the blank line', 'package a\n\n# METADATA\n# title: x\nallow if true\n'],
    ]);
  });

  test('keys that belong under custom', async () => {
    const text =
      'package a\n\n# METADATA\n# title: x\n# contr|ols:\n#   eu-ai-act: ["14(1)"]\nallow if true\n';
    expect(quick(await fixes(text))).toEqual([
      [
        'Move under `custom:`',
        'package a\n\n# METADATA\n# title: x\n# custom:\n#   controls:\n#     eu-ai-act: ["14(1)"]\nallow if true\n',
      ],
    ]);
  });

  test.each([
    ['allow i|f true\n', '# METADATA\n# title: allow\n# custom:\n#   controls:\n#     ¦\nallow if true\n'],
    [
      '# METADATA\n# title: x\nallow i|f true\n',
      '# METADATA\n# title: x\n# custom:\n#   controls:\n#     ¦\nallow if true\n',
    ],
    [
      '# METADATA\n# custom:\n#   owner: me\nallow i|f true\n',
      '# METADATA\n# custom:\n#   controls:\n#     ¦\n#   owner: me\nallow if true\n',
    ],
    [
      '# METADATA\n# custom:\n#   controls:\n#     owasp-llm: ["LLM02"]\nallow i|f true\n',
      '# METADATA\n# custom:\n#   controls:\n#     ¦\n#     owasp-llm: ["LLM02"]\nallow if true\n',
    ],
  ])('add a control: %j', async (text, result) => {
    const found = await fixes(`package a\n\n${text}`);
    const add = found.find(({ title }) => title === 'Add a control to `allow`')!;
    const shown = `${add.text.slice(0, add.fix.cursor)}¦${add.text.slice(add.fix.cursor)}`;
    expect(shown).toBe(`package a\n\n${result}`);
  });

  test('not to a helper, nor where it is said that there are none', async () => {
    expect(await fixes('package a\n\nhelper i|f true\n')).toEqual([]);
    expect(await fixes('package a\n\n# METADATA\n# custom:\n#   controls: none\nallow i|f true\n')).toEqual(
      [],
    );
  });
});

describe('what may be absent', () => {
  const text = dedent`
    package a

    allow if {
    	input.tool.name == "refund"
    	input.args.am|ount < 10
    }
  `;
  test('a default, or an expression before', async () => {
    const found = (await fixes(text)).filter(({ title }) => title.includes('amount'));
    expect(found.map(({ title, text: result }) => [title, result.split('\n').slice(4, -1)])).toEqual([
      ['Read `input.args.amount` with a default', ['\tobject.get(input, ["args", "amount"], null) < 10']],
      ['Require `input.args.amount` first', ['\tinput.args.amount != null', '\tinput.args.amount < 10']],
    ]);
  });
  test('the tool is always there; what is read with a default has one', async () => {
    const titles = async (marked: string) =>
      (await fixes(marked)).map(({ title }) => title).filter((t) => /default|first/.test(t));
    expect(await titles('package a\nx if object.get(input.args.x|, "y", 1) == 2')).toEqual([]);
    expect(await titles('package a\nx if inp|ut.args')).toEqual([]);
    expect(await titles('package a\nx if input.args[_].y| > 1')).toEqual([]);
    expect(await titles('package a\nx if input.args.y| > 1')).toEqual(['Read `input.args.y` with a default']);
  });
});
