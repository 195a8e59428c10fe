/** Each structured format is read by something that others wrote: a schema's validator or a reader. */
import lcovParser from '@friedemannsommer/lcov-parser/sync';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { replayReporters } from '../src/index.ts';
import * as fixtures from './fixtures.ts';
import { coberturaErrors, junitErrors, oscalErrors, protoMessage } from './schemas.ts';

const options = { color: false, width: 100 };
const replays = [
  ['a desk', fixtures.replay],
  ['with decisions', fixtures.withDecisions],
  ['hostile', fixtures.hostile],
  ['empty', fixtures.empty],
] as const;

describe('lcov', () => {
  test('a reader finds lines, functions and branches with their hits', () => {
    const sections = lcovParser({ from: replayReporters.lcov!(fixtures.replay, options) });
    expect(sections.map((one) => one.path)).toEqual([
      'policies/data/disclosure.cel.yaml',
      'policies/refunds.cedar',
      'policies/trial/velocity.rego',
    ]);
    const cedar = sections[1]!;
    expect(cedar.functions.details.map((one) => [one.name, one.line, one.hit])).toEqual([
      ['refund-in-limit', 3, 2911],
      ['refund-above-limit', 8, 18],
      ['no-refund-to-a-third-party-account-that-nobody-has-ever-verified', 16, 0],
    ]);
    expect(cedar.functions).toMatchObject({ instrumented: 3, hit: 2 });
    expect(cedar.lines).toMatchObject({ instrumented: 10, hit: 8 });
    expect(cedar.branches).toMatchObject({ instrumented: 20, hit: 15 });
    expect(cedar.branches.details.filter((one) => one.line === 13)).toMatchObject([
      { block: 0, branch: '0', hit: 18 },
      { block: 0, branch: '1', hit: 31 },
      { block: 1, branch: '0', hit: 0 },
      { block: 1, branch: '1', hit: 31 },
    ]);
  });

  test('hostile names stay within their line', () => {
    const sections = lcovParser({ from: replayReporters.lcov!(fixtures.hostile, options) });
    expect(sections.map((one) => one.functions.details.length)).toEqual(fixtures.attacks.map(() => 1));
    expect(sections.flatMap((one) => one.functions.details.map(({ name }) => name)).sort()).toEqual(
      sections.map((one) => one.path.slice('policies/'.length, -'.cedar'.length)).sort(),
    );
  });

  test('no policy, no record', () => expect(replayReporters.lcov!(fixtures.empty, options)).toBe(''));
});

describe('cobertura', () => {
  test.each(replays)('%s is valid by the DTD', (_, report) => {
    expect(coberturaErrors(replayReporters.cobertura!(report, options))).toEqual([]);
  });

  test('the DTD catches a missing attribute', () => {
    const xml = replayReporters.cobertura!(fixtures.replay, options).replace(' timestamp=', ' time=');
    expect(coberturaErrors(xml).length).toBeGreaterThan(0);
  });

  test('GitLab finds files, lines and conditions', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
    });
    const [coverage] = parser.parse(replayReporters.cobertura!(fixtures.replay, options)).coverage;
    expect(coverage).toMatchObject({
      timestamp: String(Date.parse('2026-05-31T21:04:55.000Z')),
      'lines-valid': '21',
      'lines-covered': '19',
      'branches-valid': '34',
      'branches-covered': '28',
    });
    const classes = coverage.packages[0].package.flatMap(
      (one: { classes: [{ class: [] }] }) => one.classes[0].class,
    );
    expect(classes.map((one: { filename: string }) => one.filename)).toEqual([
      'policies/refunds.cedar',
      'policies/data/disclosure.cel.yaml',
      'policies/trial/velocity.rego',
    ]);
    const lines: { number: string }[] = classes[0].lines[0].line;
    expect(lines.find((one) => one.number === '13')).toEqual({
      number: '13',
      hits: '49',
      branch: 'true',
      'condition-coverage': '75% (3/4)',
      conditions: [
        {
          condition: [
            { number: '0', type: 'jump', coverage: '100%' },
            { number: '1', type: 'jump', coverage: '50%' },
          ],
        },
      ],
    });
  });
});

describe('junit', () => {
  test.each(replays)('%s is valid by the schema that Jenkins uses', (_, report) => {
    expect(junitErrors(replayReporters.junit!(report, options))).toEqual([]);
  });

  test('the schema catches an attribute of another element', () => {
    const xml = replayReporters.junit!(fixtures.replay, options).replace(
      '<testcase ',
      '<testcase value="1" ',
    );
    expect(junitErrors(xml).length).toBeGreaterThan(0);
  });
});

describe('oscal', () => {
  test.each(replays)('%s is valid by the schema of NIST', (_, report) => {
    expect(oscalErrors(JSON.parse(replayReporters.oscal!(report, options)))).toEqual([]);
  });
});

describe('in-toto', () => {
  test.each(replays.slice(0, 3))('%s is read whole by the published definitions', (_, report) => {
    const { _type, predicate, ...statement } = JSON.parse(replayReporters['in-toto']!(report, options));
    expect(_type).toBe('https://in-toto.io/Statement/v1');
    expect(protoMessage('in_toto_attestation.v1.Statement', statement)).toEqual(statement);
    expect(protoMessage('in_toto_attestation.predicates.test_result.v0.TestResult', predicate)).toEqual(
      predicate,
    );
  });

  test('a member that the definitions do not know is told', () => {
    expect(() => protoMessage('in_toto_attestation.v1.Statement', { predicateType: 1 })).toThrow(
      'string expected',
    );
  });

  test('it binds the digests of what decided and of the recordings', () => {
    const { subject, predicate } = JSON.parse(replayReporters['in-toto']!(fixtures.replay, options));
    expect(subject.map((one: { name: string }) => one.name)).toEqual([
      'policies/data/disclosure.cel.yaml',
      'policies/refunds.cedar',
      'policies/refunds.cedarschema',
      'policies/trial/velocity.rego',
      'traces/chat.json',
      'traces/may.jsonl',
    ]);
    expect(subject[5].digest).toEqual({ sha256: fixtures.replay.recordings[1]!.sha256 });
    expect(predicate).toMatchObject({
      result: 'FAILED',
      passedTests: [
        'expectations (41 met)',
        'policy policies/refunds.cedar#refund-above-limit',
        'policy policies/refunds.cedar#refund-in-limit',
        'policy policies/trial/velocity.rego#desk.velocity.deny',
      ],
      warnedTests: [
        'file policies/broken.rego',
        'policy policies/data/disclosure.cel.yaml#disclosure/health',
        'policy policies/refunds.cedar#no-refund-to-a-third-party-account-that-nobody-has-ever-verified',
        'recording traces/chat.json',
        'recording traces/may.jsonl',
      ],
      failedTests: ['expectation case-0412#6', 'expectation case-0413#1', 'threshold policyCoverage'],
    });
  });
});
