import { dedent, markedCheck } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { inputOf, openEngine } from '../open.ts';

const session = await openEngine();

async function diagnose(text: string, more: Readonly<Record<string, string>> = {}) {
  session.update(inputOf({ 'a.rego': text, ...more }));
  const { diagnostics } = await session.snapshot();
  return diagnostics.filter(({ file }) => file === 'policies/a.rego');
}

const check = markedCheck((text) => diagnose(text), '#');

describe('several errors at once', () => {
  test('each rule that does not parse, and what is wrong in the others', () => check`
    package a

    import data.lib

    allow if {
    	input.tool.name ==
    }
    ^ rego-parse-error: unexpected } token

    over(x) if x > 3

    deny contains "no" if {
    	input.args.amount > )
    	#                   ^ rego-parse-error: unexpected ) token
    }

    warn contains 3 if cuont([1]) > 0
    #                  ^^^^^^^^^^ rego-type-error: undefined function cuont; did you mean \`count\`?

    escalate if over(amuont)
    #           ^^^^^^^^^^^^^ rego-unsafe-var-error: var amuont is unsafe
  `);

  test('a rule that does not parse is missed by none that names it', async () => {
    const found = await diagnose(
      'package a\n\nhelp(x) if {\n\tx ==\n}\n\nallow if help(3)\n\nrole := \n\ndeny if role == "x"\n',
    );
    expect(found.map(({ code, range }) => [code, range?.start])).toEqual([
      ['rego-parse-error', 30],
      ['rego-parse-error', 57],
    ]);
  });

  test('the other files are checked, and decide', async () => {
    session.update(
      inputOf({
        'a.rego': 'package a\nallow if {\n',
        'b.rego': 'package b\nallow if data.a.x\ndeny if cuont([1]) > 0\n',
        'c.rego': 'package c\nallow if true\n',
      }),
    );
    const { diagnostics, sets } = await session.snapshot();
    expect(diagnostics.map(({ file, code, fatal }) => [file, code, fatal])).toEqual([
      ['policies/a.rego', 'rego-parse-error', true],
      ['policies/b.rego', 'rego-type-error', true],
    ]);
    expect(sets.map(({ id }) => id)).toEqual(['rego:data.c']);
  });

  test('errors of later stages beside those of earlier ones', async () => {
    const found = await diagnose(
      'package a\n\nallow if upper(3) == "x"\n\ndeny if amount > 3\n\nwarn contains 1 if cuont(3)\n',
    );
    expect(found.map(({ code, message }) => [code, message.split(';')[0]])).toEqual([
      ['rego-type-error', 'upper: invalid argument(s)'],
      ['rego-unsafe-var-error', 'var amount is unsafe'],
      ['rego-type-error', 'undefined function cuont'],
    ]);
  });
});

describe('did you mean', () => {
  const message = async (text: string, more = {}) => (await diagnose(text, more)).map((one) => one.message);

  test('functions, variables, members of the call', async () => {
    expect(await message('package a\nallow if cuont([1]) > 0\n')).toEqual([
      'undefined function cuont; did you mean `count`?',
    ]);
    expect(await message('package a\nallow if regex.mtch("a", "b")\n')).toEqual([
      'undefined function regex.mtch; did you mean `regex.match`?',
    ]);
    expect(
      await message('package a\nimport data.lib\nallow if lib.smal(1)\n', {
        'lib.rego': 'package lib\nsmall(x) if x < 3\n',
      }),
    ).toEqual(['undefined function data.lib.smal; did you mean `small`?']);
    expect(await message('package a\nlimits := 3\nallow if limit > 0\n')).toEqual([
      'var limit is unsafe; did you mean `limits`?',
    ]);
    expect(
      await message('package a\nallow if input.tol.name == "x"\ndeny if input.session.call > 3\n'),
    ).toEqual([
      'no call has `tol` here; did you mean `tool`?',
      'no call has `call` here; did you mean `calls`?',
    ]);
    expect(await message('package a\nallow if input.anything.goes\n')).toEqual([]);
  });
});

describe('a rule that can never apply', () => {
  test('where it asks for what cannot hold together', () => check`
    package a

    allow if {
    	input.tool.name == "pay"
    	input.tool.name in {"refund", "ship"}
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ rego-never-applies: this rule can never apply: \`input.tool.name\` cannot be "pay" and one of "refund", "ship"
    }

    deny contains "no" if {
    	amount := input.args.amount
    	amount > 100
    	input.args.amount <= 100
     ^^^^^^^^^^^^^^^^^^^^^^^^ rego-never-applies: this rule can never apply: \`input.args.amount\` cannot be > 100 and <= 100
    }
  `);

  test.each([
    ['may be both', 'input.args.x > 1\n\tinput.args.x < 3', []],
    ['other places', 'input.args.x == 1\n\tinput.args.y == 2', []],
    ['other bindings', 'input.args.xs[_] == 1\n\tinput.args.xs[_] == 2', []],
    ['another input', 'input.args.x == 1\n\tallow with input.args.x as 2', []],
    ['a name that is declared anew', 'input.args.x == 1\n\tsome input_x in [2]\n\tinput_x == 2', []],
    ['negated', 'input.args.x == 1\n\tnot input.args.x == 1', ['rego-never-applies']],
    ['false', 'false', ['rego-never-applies']],
    ['inside a comprehension', 'count([1 | input.args.x == 1; input.args.x == 2]) == 0', []],
  ])('%s', async (_, body, codes) => {
    const found = await diagnose(`package a\nallow if true\ndeny if {\n\t${body}\n}\n`);
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.every(({ severity, fatal }) => severity === 'warning' && !fatal)).toBe(true);
  });

  test('of a rule with else, the branch', async () => {
    const [found] = await diagnose('package a\nallow if {\n\tfalse\n} else if input.args.x\n');
    expect(found?.message).toBe('this branch can never apply: `false` never holds');
  });
});

test("a samples' worth of rules without a finding", async () => {
  const text = dedent`
    package a
    # METADATA
    # title: x
    allow if {
    	input.tool.name == "pay"
    	some earlier in input.session.history
    	earlier.tool.name == "look"
    }
  `;
  expect(await diagnose(text)).toEqual([]);
});
