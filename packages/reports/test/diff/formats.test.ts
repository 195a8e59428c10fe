import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { columns } from '../../src/format/width.ts';
import { diffReporters } from '../../src/index.ts';
import { empty, full, hostile, large } from './fixtures.ts';

const options = { color: false, width: 100 };
const extensions: Record<string, string> = { text: 'txt', json: 'json', markdown: 'md', sarif: 'sarif' };
const write = (format: string, report = full, width = 100) =>
  diffReporters[format]!(report, { ...options, width });

for (const [name, report] of Object.entries({ full, empty, hostile }))
  test.each(Object.keys(extensions))(`${name} as %s`, async (format) => {
    await expect(write(format, report)).toMatchFileSnapshot(`expected/${name}.${extensions[format]}`);
  });

test('the command offers five formats', () => {
  expect(Object.keys(diffReporters)).toEqual(['text', 'json', 'markdown', 'html', 'sarif']);
});

test('the same report is the same bytes, also a second time in one process', () => {
  for (const format of Object.keys(diffReporters)) expect(write(format)).toBe(write(format));
});

describe('text', () => {
  test.each([80, 100, 132])('every line fits %i columns', (width) => {
    for (const report of [full, empty, hostile, large])
      for (const line of write('text', report, width).split('\n'))
        expect(columns(line)).toBeLessThanOrEqual(width);
  });

  test('ends in a line to be counted', () => {
    expect(write('text').trimEnd().split('\n').at(-1)).toBe(
      '3,060 calls: 3 flips (2 newly allowed), 3,055 unchanged, 2 undecided',
    );
  });

  test('begins with the verdict in the order that reviewers ask', () => {
    expect(write('text', full, 120).split('\n').slice(0, 2).join(' ')).toBe(
      '2 calls newly allowed, 2 of 3 flips unapproved, 2 calls undecided, 1 stale approval, coverage lost of 1 policy and 2 conditions, slowest decisions slower.',
    );
  });

  test('an empty diff says that nothing changes, for these calls', () => {
    expect(write('text', empty).split('\n')[0]).toBe(
      'Nothing changes for the 3,060 recorded calls: no coverage lost, latency not measured. That is no',
    );
  });

  test('undecided calls alone are not nothing', () => {
    const summary = { ...empty.summary, undecided: 1, unchanged: 3059 };
    expect(write('text', { ...empty, summary, undecided: [full.undecided[0]!] }, 120).split('\n')[0]).toBe(
      'No known outcome changes for 3,060 recorded calls, but 1 of them is undecided: no coverage lost, latency not measured.',
    );
  });

  test('a call that need no longer be approved by a person counts as newly allowed', () => {
    const summary = { ...full.summary, byKind: { 'escalate->allow': 3 } };
    expect(
      write('text', { ...full, summary })
        .split('\n')
        .at(-2),
    ).toBe('3,060 calls: 3 flips (3 newly allowed), 3,055 unchanged, 2 undecided');
  });

  test('long lists are cut and counted', () => {
    const lines = write('text', large).split('\n');
    expect(lines.filter((line) => line === '  ... and 20 more; --format json lists them all')).toHaveLength(
      1,
    );
    expect(lines.length).toBeLessThan(450);
  });
});

describe('markdown', () => {
  test('fits a pull request whatever it holds; rows left out are counted', () => {
    for (const report of [large, hostile]) {
      const text = write('markdown', report);
      expect(text.length).toBeLessThanOrEqual(65_000);
      expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)!.length);
    }
    const text = write('markdown', large);
    const flips = text.slice(text.indexOf('<summary>5,000 flips</summary>'));
    const rows = flips.split('\n').filter((line) => line.startsWith('| `case-')).length;
    const told = /^\.\.\. and ([\d,]+) more$/m.exec(flips)![1]!;
    expect(Number(told.replace(',', '')) + rows).toBe(5000);
  });
});

describe('sarif', () => {
  const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(sarifSchema);

  test.each(Object.entries({ full, empty, hostile, large }))('%s is valid', (_, report) => {
    validate(JSON.parse(write('sarif', report)));
    expect(validate.errors).toBe(null);
  });

  test('a result stands on the policy in head, its calls beside it; approved flips make none', () => {
    const [run] = JSON.parse(write('sarif')).runs;
    const told = run.results.map((one: { ruleId: string; level: string }) => [one.ruleId, one.level]);
    expect(told).toEqual([
      ['flip-deny-to-allow', 'error'],
      ['stale-approval', 'error'],
      ['slower-decisions', 'error'],
      ['undecided-calls', 'warning'],
      ['coverage-lost', 'note'],
      ['coverage-lost', 'note'],
      ['coverage-lost', 'note'],
      ['unreadable-recording', 'warning'],
      ['unknown-attribute', 'warning'],
    ]);
    const [first] = run.results;
    expect(first.message.text).toBe(
      '2 recorded calls deny -> allow by policies/pay.cedar#limit because `context.input.amount <= 500` became `context.input.amount <= 5000`: case-0012#3, case-0044#0',
    );
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'policies/pay.cedar' },
      region: { startLine: 3, startColumn: 1, endLine: 6, endColumn: 3 },
    });
    expect(
      first.relatedLocations.map(
        (one: { physicalLocation: { region: object } }) => one.physicalLocation.region,
      ),
    ).toEqual([{ startLine: 3 }, { startLine: 91 }]);
  });

  test('fingerprints tell results apart', () => {
    const [run] = JSON.parse(write('sarif', large)).runs;
    const prints = run.results.map((one: { partialFingerprints: object }) =>
      JSON.stringify(one.partialFingerprints),
    );
    expect(new Set(prints).size).toBe(prints.length);
    expect(prints.length).toBe(200);
  });
});
