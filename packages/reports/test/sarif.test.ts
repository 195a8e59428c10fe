import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { checkReporters, replayReporters } from '../src/index.ts';
import * as fixtures from './fixtures.ts';

const options = { color: false, width: 100 };

/** The OASIS schema as Microsoft's matchers for Jest carry it. */
const sarifValidator = once(() => {
  const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(sarifSchema);
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

test.each([
  ['replay', replayReporters.sarif!(fixtures.replay, options)],
  ['replay with decisions', replayReporters.sarif!(fixtures.withDecisions, options)],
  ['hostile replay', replayReporters.sarif!(fixtures.hostile, options)],
  ['empty replay', replayReporters.sarif!(fixtures.empty, options)],
  ['check', checkReporters.sarif!(fixtures.check, options)],
  ['hostile check', checkReporters.sarif!(fixtures.hostileCheck, options)],
])('%s is valid SARIF 2.1.0', (_, text) => {
  const validate = sarifValidator();
  validate(JSON.parse(text));
  expect(validate.errors).toBe(null);
});

test('the schema catches a wrong level', () => {
  const text = replayReporters.sarif!(fixtures.replay, options).replace(
    '"level": "error"',
    '"level": "fatal"',
  );
  expect(sarifValidator()(JSON.parse(text))).toBe(false);
});

test('a missed expectation stands on the policy, the call beside it', () => {
  const log = JSON.parse(replayReporters.sarif!(fixtures.replay, options));
  const [first] = log.runs[0].results;
  expect(log.runs[0].tool.driver.rules[first.ruleIndex].id).toBe('missed-expectation');
  expect(first).toEqual({
    ruleId: 'missed-expectation',
    ruleIndex: first.ruleIndex,
    level: 'error',
    message: {
      text: 'case-0412#6 (refund): expected deny, decided allow by policies/refunds.cedar#refund-in-limit',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'policies/refunds.cedar' },
          region: { startLine: 3, startColumn: 1, endLine: 6, endColumn: 3 },
        },
      },
    ],
    relatedLocations: [
      {
        id: 1,
        message: { text: 'Recorded call case-0412#6' },
        physicalLocation: { artifactLocation: { uri: 'traces/may.jsonl' }, region: { startLine: 2214 } },
      },
    ],
    partialFingerprints: {
      'benchbook/v1': 'missed-expectation:case-0412#6',
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/),
    },
  });
});

test('a gap is a note, on its condition or on the manifest', () => {
  const [run] = JSON.parse(replayReporters.sarif!(fixtures.replay, options)).runs;
  const notes = run.results.filter((one: { level: string }) => one.level === 'note');
  expect(
    notes.map((one: { ruleId: string; locations: { physicalLocation: object }[] }) => [
      one.ruleId,
      one.locations[0]!.physicalLocation,
    ]),
  ).toEqual([
    ...fixtures.replay.gaps.map((one) => [
      one.code,
      one.file && one.range
        ? {
            artifactLocation: { uri: one.file },
            region: {
              startLine: one.range.start.line,
              startColumn: one.range.start.column,
              endLine: one.range.end.line,
              endColumn: one.range.end.column,
            },
          }
        : { artifactLocation: { uri: 'benchbook.yaml' } },
    ]),
    ['no-controls', { artifactLocation: { uri: 'policies/refunds.cedar' } }],
  ]);
});

test('every rule has what GitHub shows and filters by', () => {
  const [run] = JSON.parse(replayReporters.sarif!(fixtures.replay, options)).runs;
  const rules: { id: string; help: object; properties: { tags: string[]; 'security-severity'?: string } }[] =
    run.tool.driver.rules;
  for (const rule of rules) {
    expect(Object.keys(rule.help)).toEqual(['text', 'markdown']);
    expect(rule.properties.tags.includes('security')).toBe(
      rule.properties['security-severity'] !== undefined,
    );
  }
  expect(rules.find((one) => one.id === 'missed-expectation')!.properties).toEqual({
    tags: ['policy', 'expectation', 'security'],
    precision: 'very-high',
    'problem.severity': 'error',
    'security-severity': '7.0',
  });
});

test('text from outside makes no link, and fingerprints tell results apart', () => {
  const [hostile] = JSON.parse(replayReporters.sarif!(fixtures.hostile, options)).runs;
  for (const { message, relatedLocations = [] } of hostile.results)
    for (const one of [message, ...relatedLocations.map((other: { message: object }) => other.message)])
      expect(one.text).not.toContain('](');
  const [run] = JSON.parse(replayReporters.sarif!(fixtures.replay, options)).runs;
  const prints = run.results.map((one: { partialFingerprints: object }) =>
    JSON.stringify(one.partialFingerprints),
  );
  expect(new Set(prints).size).toBe(prints.length);
});
