import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../src/format/csv.ts';
import { indentJson } from '../src/format/indent-json.ts';
import { prettyJson } from '../src/format/json.ts';
import { markdownCode } from '../src/format/markdown.ts';
import { count, milliseconds, percent } from '../src/format/numbers.ts';
import { visible } from '../src/format/visible.ts';
import { columns, cutMiddle, wrap } from '../src/format/width.ts';
import { xmlText } from '../src/format/xml.ts';
import { checkReporters, replayReporters } from '../src/index.ts';
import { bar } from '../src/replay/text/outcomes.ts';
import * as fixtures from './fixtures.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const options = { color: false, width: 100 };

describe('terminal', () => {
  test('visible text has no control, format or surrogate character', () => {
    fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(visible(text))));
  });

  test.each([
    ['a\nb\tc', 'a\\nb\\tc'],
    ['\u001b[2J', '\\x1b[2J'],
    ['\u202egpj', '\\u{202e}gpj'],
    ['\ud800', '\\u{d800}'],
    ['Zoë 字 🦊', 'Zoë 字 🦊'],
  ])('%j is shown as %s', (text, shown) => expect(visible(text)).toBe(shown));

  test('a cut text keeps within its width and both ends', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 2, max: 30 }),
        (text, width) => columns(cutMiddle(text, width)) <= width,
      ),
    );
    expect(cutMiddle('policies/payments.cedar', 12)).toBe('polici…cedar');
    expect(cutMiddle('字字字字字字', 7)).toBe('字…字');
  });

  test('wrapped lines keep within the width and lose nothing but spaces', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 30 }), (text, width) => {
        const lines = wrap(visible(text), width);
        return (
          lines.every((line) => columns(line) <= width) &&
          lines.join('').replaceAll(' ', '') === visible(text).replaceAll(' ', '')
        );
      }),
    );
  });

  test.each([80, 100, 132])('every line of a report fits %i columns', (width) => {
    for (const report of [fixtures.replay, fixtures.withDecisions, fixtures.hostile])
      for (const line of replayReporters.text!(report, { color: false, width }).split('\n'))
        expect(columns(line)).toBeLessThanOrEqual(width);
  });

  test('without colour there is no escape character, with colour only our own', () => {
    expect(replayReporters.text!(fixtures.hostile, options).includes('\u001b')).toBe(false);
    const coloured = replayReporters.text!(fixtures.hostile, { color: true, width: 100 });
    const codes = coloured.split('\u001b').slice(1);
    expect(new Set(codes.map((code) => /^\[(\d+)m/.exec(code)?.[1]))).toEqual(
      new Set(['1', '22', '2', '31', '32', '33', '35', '39']),
    );
  });
});

describe('numbers', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
  ])('count %d is %s', (value, text) => expect(count(value)).toBe(text));

  test.each([
    [0, 10, '0.0 %'],
    [1, 3060, '<0.1 %'],
    [3059, 3060, '>99.9 %'],
    [3060, 3060, '100.0 %'],
    [0, 0, '-'],
  ])('%d of %d is %s', (part, total, text) => expect(percent(part, total)).toBe(text));

  test.each([
    [0, '0 ms'],
    [0.00512, '0.0051 ms'],
    [1.234, '1.23 ms'],
    [456.7, '457 ms'],
    [12345, '12345 ms'],
  ])('%d milliseconds are %s', (value, text) => expect(milliseconds(value)).toBe(text));

  test.each([
    [0, 10, ''],
    [1, 10000, '▏'],
    [5, 10, '████'],
    [10, 10, '████████'],
  ])('the bar of %d in %d is %j', (part, total, drawn) => expect(bar(part, total, 8)).toBe(drawn));
});

describe('csv', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '  @x'])('%j is no formula', (text) => {
    expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
  });

  test('a record stays one line', () => expect(csvCell('a\r\n\t=1')).toBe('a\\r\\n\\t=1'));

  test('numbers stay numbers, quotes are doubled', () => {
    expect([csvCell(-3), csvCell(true), csvCell('a "b", c'), csvCell('plain')]).toEqual([
      '-3',
      'true',
      '"a ""b"", c"',
      'plain',
    ]);
  });
});

describe('xml', () => {
  test('any text is one element’s text', () => {
    fc.assert(
      fc.property(
        anyText,
        (text) => XMLValidator.validate(`<a b="${xmlText(text)}">${xmlText(text)}</a>`) === true,
      ),
    );
  });

  test('a JUnit report is read by another’s reader, hostile or not', () => {
    for (const report of [fixtures.replay, fixtures.withDecisions, fixtures.hostile, fixtures.empty])
      expect(XMLValidator.validate(replayReporters.junit!(report, options))).toBe(true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseAttributeValue: true,
    });
    const { testsuites } = parser.parse(replayReporters.junit!(fixtures.withDecisions, options));
    expect(testsuites).toMatchObject({ tests: 8, failures: 2, errors: 0 });
    expect(
      testsuites.testsuite.map((one: Record<string, unknown>) => [one.name, one.tests, one.failures]),
    ).toEqual([
      ['expectations', 2, 1],
      ['thresholds', 1, 1],
      ['policies', 5, 0],
    ]);
  });
});

describe('markdown', () => {
  test('code cannot be left from inside', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' '), maxLength: 12 }), (text) => {
        const code = markdownCode(text);
        const fence = /^`+/.exec(code)![0];
        const inner = code.slice(fence.length, -fence.length);
        return code.endsWith(fence) && ![...inner.matchAll(/`+/g)].some((run) => run[0] === fence);
      }),
    );
  });

  test('a report of very many policies still fits a pull request', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...fixtures.replay.policies[0]!,
      id: `a.cedar#p${index}`,
    }));
    const text = replayReporters.markdown!({ ...fixtures.replay, policies: many }, options);
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text.endsWith('3,060 calls: 2,901 allow, 140 deny, 18 escalate, 1 indeterminate\n')).toBe(true);
  });
});

describe('workflow commands', () => {
  test('every line but the last is one command of ours', () => {
    const lines = checkReporters.github!(fixtures.hostileCheck, options).trimEnd().split('\n');
    expect(lines).toHaveLength(fixtures.hostileCheck.diagnostics.length + 1);
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(
        /^::error file=[^:,]*,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,title=[^:,]*::\P{Cc}*$/u,
      );
  });

  test('a per cent sign is kept', () => {
    expect(checkReporters.github!(fixtures.hostileCheck, options).split('\n')[0]).toContain(
      '__proto__,100%25: ',
    );
  });
});

describe('json', () => {
  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(prettyJson(value)).toBe(`${JSON.stringify(JSON.parse(prettyJson(value)), null, 2)}\n`);
      }),
    );
  });

  test('a compact text is indented as JSON.stringify does it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(indentJson(JSON.stringify(value)).join('\n')).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  test('indenting any text ends, and keeps every character but space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(indentJson(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  test('integers beyond 2^53 keep their digits and `__proto__` is a key like any other', () => {
    expect(prettyJson({ id: 9007199254740993n, gone: undefined })).toBe('{\n  "id": 9007199254740993\n}\n');
    expect(prettyJson(JSON.parse('{"__proto__": 1}'))).toBe('{\n  "__proto__": 1\n}\n');
  });
});
