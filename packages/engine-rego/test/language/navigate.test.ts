import { dedent } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { bracketed, openLanguage } from './open.ts';

const opened = await openLanguage();
const FILES = {
  'a.rego': dedent`
    package a

    import data.lib
    import data.lib.limit as most

    allow if {
    	lib.small(input.args.amount)
    	not over
    }

    over if {
    	amount := input.args.amount
    	amount > most
    	helped[x]
    	x > 1
    }

    helped contains amount if amount := data.lib["limit"]
  `,
  'lib.rego': dedent`
    package lib

    small(x) if x < limit

    small(x) if {
    	x == limit
    	some y in [z | some z in input.args.items]
    	y > x
    }

    limit := 3
  `,
};

function at(marked: string) {
  const file = marked.includes('lib>') ? 'lib.rego' : 'a.rego';
  const needle = marked.replace('lib>', '');
  const text = FILES[file].replace(needle.replace('|', ''), needle.replace('|', '\u0001'));
  const offset = text.indexOf('\u0001');
  if (offset < 0) throw new Error(`not there: ${marked}`);
  opened.at(
    Object.fromEntries(Object.entries(FILES).map(([name, one]) => [name, one.replaceAll('|', '||')])),
  );
  return { path: `policies/${file}`, offset };
}

/** Lines that hold places, with the places in brackets. */
function shown(places: readonly { file: string; range: { start: number; end: number } }[]): string[] {
  const out: string[] = [];
  for (const file of ['a.rego', 'lib.rego'] as const) {
    const own = places.filter((place) => place.file === `policies/${file}`).map(({ range }) => range);
    const escaped = FILES[file].replaceAll('[', '<').replaceAll(']', '>');
    const lines = bracketed(escaped, own).split('\n');
    out.push(...lines.filter((line) => line.includes('[')).map((line) => `${file}: ${line.trim()}`));
  }
  return out;
}

const definition = (marked: string) => {
  const { path, offset } = at(marked);
  return shown(opened.language.definition(path, offset));
};
const references = (marked: string, include = true) => {
  const { path, offset } = at(marked);
  return shown(opened.language.references(path, offset, include));
};

describe('definition', () => {
  test('functions of another package: all clauses', () => {
    const clauses = ['lib.rego: [small](x) if x < limit', 'lib.rego: [small](x) if {'];
    expect(definition('lib.sm|all(input')).toEqual(clauses);
  });
  test('imports lead to what they bring in', () => {
    expect(definition('amount > mo|st')).toEqual(['lib.rego: [limit] := 3']);
    expect(definition('\tli|b.small')).toEqual(['lib.rego: package [lib]']);
    expect(definition('import data.li|b\n')).toEqual(['lib.rego: package [lib]']);
    expect(definition('data.lib["lim|it"]')).toEqual(['lib.rego: [limit] := 3']);
  });
  test('variables, arguments, rules of the package', () => {
    expect(definition('\tamo|unt > most')).toEqual(['a.rego: [amount] := input.args.amount']);
    expect(definition('lib>\tx| == limit')).toEqual(['lib.rego: small([x]) if {']);
    expect(definition('not ov|er')).toEqual(['a.rego: [over] if {']);
    expect(definition('lib>[z| |')).toEqual(['lib.rego: some y in <z | some [z] in input.args.items>']);
    expect(definition('\tx| > 1')).toEqual(['a.rego: helped<[x]>']);
    expect(definition('inp|ut.args.amount)')).toEqual([]);
  });
});

describe('references', () => {
  test('across files, with and without the definition', () => {
    expect(references('amount > mo|st')).toEqual([
      'a.rego: import data.lib.limit as [most]',
      'a.rego: amount > [most]',
    ]);
    expect(references('lib>lim|it := 3', false)).toEqual([
      'a.rego: import data.lib.[limit] as most',
      'a.rego: helped contains amount if amount := data.lib<["limit"]>',
      'lib.rego: small(x) if x < [limit]',
      'lib.rego: x == [limit]',
    ]);
    expect(references('lib>sm|all(x) if x')).toEqual([
      'a.rego: lib.[small](input.args.amount)',
      'lib.rego: [small](x) if x < limit',
      'lib.rego: [small](x) if {',
    ]);
  });
  test('a variable of one clause is not that of the other', () => {
    expect(references('lib>if x| < limit')).toEqual(['lib.rego: small([x]) if [x] < limit']);
    expect(references('lib>y >| x')).toEqual([]);
    expect(references('helped contains am|ount')).toEqual([
      'a.rego: helped contains [amount] if [amount] := data.lib<"limit">',
    ]);
  });
  test('members of the call', () => {
    expect(references('lib.small(input.args.amo|unt')).toEqual([
      'a.rego: lib.small(input.args.[amount])',
      'a.rego: amount := input.args.[amount]',
    ]);
  });
});

test('highlights tell writing from reading', () => {
  const { path, offset } = at('\tamo|unt > most');
  expect(opened.language.highlights(path, offset).map(({ kind }) => kind)).toEqual(['write', 'read']);
});
