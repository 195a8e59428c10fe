/** Text from recordings and policies has no power in any format. */
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { markdownCode, markdownText } from '../src/format/markdown.ts';
import { inertLine, visible } from '../src/format/visible.ts';
import {
  checkReporters,
  diffReporters,
  explainReporters,
  replayReporters,
  testReporters,
} from '../src/index.ts';
import { hostile as hostileDiff } from './diff/fixtures.ts';
import * as fixtures from './fixtures.ts';

const options = { color: false, width: 100 };

/** Every text that every command prints of hostile reports, HTML apart. */
const printed: (readonly [name: string, text: string])[] = [
  ...Object.entries(replayReporters).map(
    ([name, write]) => [`replay ${name}`, write(fixtures.hostile, options)] as const,
  ),
  ...Object.entries(testReporters).map(
    ([name, write]) => [`test ${name}`, write(fixtures.hostileTests, options)] as const,
  ),
  ...Object.entries(checkReporters).map(
    ([name, write]) => [`check ${name}`, write(fixtures.hostileCheck, options)] as const,
  ),
  ...Object.entries(explainReporters).map(
    ([name, write]) => [`explain ${name}`, write(fixtures.hostileExplain, options)] as const,
  ),
  ...Object.entries(diffReporters).map(
    ([name, write]) => [`diff ${name}`, write(hostileDiff, options)] as const,
  ),
].filter(([name]) => !name.endsWith(' html'));

/** Escaped by the format itself (`\u001b`) where it is JSON. */
const isJson = /json|sarif|oscal|in-toto/;

describe.each(printed)('%s', (name, text) => {
  test('no control character but line ends', () => {
    expect(/[^\P{Cc}\r\n]/u.test(text)).toBe(false);
    if (!isJson.test(name)) expect(/[\u202e\ud800]/.test(text)).toBe(false);
  });

  test('no workflow command but our own', () => {
    const commands = text.split(/\r?\n/).filter((line) => line.trimStart().startsWith('::'));
    expect(commands.filter((line) => !/^::error file=policies/.test(line))).toEqual([]);
    expect(commands.length).toBe(name === 'check github' ? fixtures.attacks.length : 0);
    expect(/##\w*\[/.test(text)).toBe(false);
  });
});

describe('commands to build services', () => {
  test.each([
    ['##[error]x', '\\x23#[error]x'],
    ['a ##vso[task.x]', 'a \\x23#vso[task.x]'],
    ['###[group]', '#\\x23#[group]'],
    ['## heading', '## heading'],
  ])('%j is shown as %s', (text, shown) => expect(visible(text)).toBe(shown));

  test.each([
    ['::error::x', '\\x3a:error::x'],
    ['   ::set-output::', '   \\x3a:set-output::'],
    ['User::"alice"', 'User::"alice"'],
  ])('the line %j is written as %j', (line, inert) => expect(inertLine(line)).toBe(inert));

  test('in JSON the text is the same once read', () => {
    const message = '##[error]x';
    const report = { ...fixtures.tests, tests: [{ ...fixtures.tests.tests[0]!, message }] };
    const text = testReporters.json!(report, options);
    expect(text.includes('##[')).toBe(false);
    expect(JSON.parse(text).tests[0].message).toBe(message);
  });

  test('a wrapped message begins no line with one', () => {
    const message = `${'x'.repeat(70)} ::error::${'y'.repeat(40)}`;
    const unreadable = [{ file: 'a.jsonl', message }];
    const text = replayReporters.text!({ ...fixtures.replay, unreadable }, options);
    expect(text).toContain(`\n      \\x3a:error::${'y'.repeat(40)}\n`);
  });
});

describe('markdown', () => {
  test.each([
    ['@team', '@&#8203;team'],
    ['see #12 and GH-3', 'see #&#8203;12 and GH-&#8203;3'],
    ['https://evil.example', 'https:&#8203;//evil.example'],
    ['www.evil.example', 'www&#8203;.evil.example'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['[x](y) *b* _c_ `d`', '\\[x\\](y) \\*b\\* \\_c\\_ \\`d\\`'],
    ['a & b', 'a &amp; b'],
  ])('words %j are written as %j', (text, written) => expect(markdownText(text)).toBe(written));

  test('any words hold no mark-up, mention, reference or address', () => {
    const parts = fc.constantFrom(
      '@',
      '#',
      '1',
      'a',
      'GH-',
      '://',
      'http',
      'www',
      '.',
      '<',
      '>',
      '[',
      '](',
      '`',
      '*',
      '\n',
      '&',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        const written = markdownText(words.join(''));
        expect(/[@#]\w|GH-\d|:\/\/|www\./i.test(written.replaceAll('&#8203;', '\u200b'))).toBe(false);
        expect(/[<>\n]|(?<!\\)(?:\\\\)*[[\]`*]/.test(written)).toBe(false);
      }),
    );
  });

  test('a long text is cut', () => {
    expect(markdownCode('x'.repeat(1_000_000)).length).toBe(302);
    expect(markdownText('x'.repeat(1_000_000)).length).toBe(300);
  });

  const wide = Array.from(
    { length: 400 },
    (_, index) => `policies/${index}/${'<@team #1>'.repeat(40)}.cedar#p`,
  );
  const many = {
    ...fixtures.replay,
    policies: wide.map((id) => ({ ...fixtures.replay.policies[1]!, id, controls: wide.slice(0, 50) })),
    controls: wide.map((title) => ({
      ...fixtures.replay.controls[0]!,
      title,
      missing: [title],
      policies: wide,
    })),
    gaps: wide.map((message) => ({ code: 'policy-shadowed' as const, message })),
    unexecuted: wide.map((title) => ({ ref: title, title })),
    findings: wide.map((call) => ({
      kind: 'expectation' as const,
      call,
      expected: 'deny' as const,
      actual: 'allow' as const,
      message: call,
    })),
  };

  test('whatever a report holds, it fits a pull request, and what is left out is counted', () => {
    const text = replayReporters.markdown!(many, options);
    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text.length).toBeGreaterThan(30_000);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)!.length);
    const told = [...text.matchAll(/^(?:- )?\.\.\. and ([\d,]+) more$/gm)].map((one) =>
      Number(one[1]!.replace(',', '')),
    );
    const lines = text.split('\n');
    const rowsAfter = (header: string) => {
      const start = lines.findIndex((line) => line.startsWith(header)) + 2;
      return lines.slice(start).findIndex((line) => !line.startsWith('|'));
    };
    expect(told[0]! + rowsAfter('| call or threshold')).toBe(400);
    expect(text).toContain('Shortened to fit; `--format json` holds it all.');
  });
});

describe('xml', () => {
  test('names come back as they are shown', () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
    const { testsuites } = parser.parse(testReporters.junit!(fixtures.hostileTests, options));
    expect(
      testsuites.testsuite.map((one: { testcase: { name: string } }) => one.testcase.name).sort(),
    ).toEqual(fixtures.attacks.map(visible).sort());
  });
});
