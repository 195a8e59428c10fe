/** Each structured format is read by something that others wrote: a schema's validator or a reader. */
import type { ReplayReport } from '@benchbook/model';
import lcovParser from '@friedemannsommer/lcov-parser/sync';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { nameUuid } from '../src/format/uuid.ts';
import { replayReporters, testReporters } from '../src/index.ts';
import { oscalIds } from '../src/oscal/ids.ts';
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

  test.each([
    ['a run of tests', fixtures.tests],
    ['hostile tests', fixtures.hostileTests],
    ['no tests', fixtures.emptyTests],
  ])('%s is valid by it too', (_, report) => {
    expect(junitErrors(testReporters.junit!(report, options))).toEqual([]);
    expect(coberturaErrors(testReporters.cobertura!(report, options))).toEqual([]);
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

interface OscalFinding {
  readonly target: { readonly type: string; readonly 'target-id': string; readonly status: object };
  readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
}

/** The document and its one result. */
function oscalOf(report: ReplayReport) {
  const document = JSON.parse(replayReporters.oscal!(report, options))['assessment-results'];
  return { document, result: document.results[0] };
}

describe('what OSCAL says', () => {
  test('objectives are satisfied or not; what is outside the profile or in no catalog is left out', () => {
    const { document, result } = oscalOf(fixtures.replay);
    expect(
      result.findings.map(({ target }: OscalFinding) => [target.type, target['target-id'], target.status]),
    ).toEqual([
      ['objective-id', 'aia-14_obj.1', { state: 'satisfied', reason: 'pass' }],
      ['objective-id', 'aia-14_obj.4.d', { state: 'satisfied', reason: 'pass' }],
      ['objective-id', 'aia-26_obj.1', { state: 'not-satisfied', reason: 'other' }],
      ['objective-id', 'owasp-asi-ASI02_obj', { state: 'satisfied', reason: 'pass' }],
      ['objective-id', 'owasp-llm-LLM03_obj', { state: 'not-satisfied', reason: 'other' }],
    ]);
    expect(document.metadata.remarks).toContain('It is no statement of compliance');
    expect(/complian(?!ce with any of them)|complied(?! with\.)/.test(JSON.stringify(document))).toBe(false);
  });

  test('what a finding rests on, and every reference, is in the document', () => {
    const { document, result } = oscalOf(fixtures.replay);
    const text = JSON.stringify(document);
    const defined = new Set([...text.matchAll(/"uuid":"([^"]+)"/g)].map((one) => one[1]));
    const used = [...text.matchAll(/"(?:href":"#|[a-z]+-uuid":")([0-9a-f-]{36})"/g)].map((one) => one[1]);
    expect(used.filter((uuid) => !defined.has(uuid))).toEqual([]);
    expect(defined.size).toBe([...text.matchAll(/"uuid":/g)].length);
    const uuids = result.observations.map((one: { uuid: string }) => one.uuid);
    expect(
      result.findings.map((one: OscalFinding) =>
        one['related-observations']?.map((related) => uuids.indexOf(related['observation-uuid'])),
      ),
    ).toEqual([[1], [1], [0], [1], [2]]);
    expect(
      result.observations[1].props.map((one: { name: string; value: string }) => [one.name, one.value]),
    ).toEqual([
      ['policy', 'policies/refunds.cedar#refund-above-limit'],
      ['mode', 'enforce'],
      ['applied', '18'],
      ['silent', '3042'],
      ['determined', '18'],
      ['errors', '0'],
      ['conditions-seen-true-and-false', '4 of 5'],
    ]);
    expect(document['back-matter'].resources[1].rlinks[1]).toEqual({
      href: 'traces/may.jsonl',
      hashes: [{ algorithm: 'SHA-256', value: fixtures.replay.recordings[1]!.sha256 }],
    });
  });

  test('dates are those of the calls, the epoch where there is none', () => {
    const { document, result } = oscalOf(fixtures.replay);
    expect([result.start, result.end, document.metadata['last-modified']]).toEqual([
      '2026-05-01T07:58:12.250Z',
      '2026-05-31T21:04:55.000Z',
      '2026-05-31T21:04:55.000Z',
    ]);
    expect(oscalOf(fixtures.empty).result.start).toBe('1970-01-01T00:00:00Z');
  });

  test('a changed recording changes every UUID, nothing else does', () => {
    const [first, ...others] = fixtures.replay.recordings;
    const recordings = [{ ...first!, sha256: '0'.repeat(64) }, ...others];
    const [before, after] = [fixtures.replay, { ...fixtures.replay, recordings }].map(
      (report) => oscalOf(report).result,
    );
    expect(after.uuid).not.toBe(before.uuid);
    expect(after.observations[0].uuid).not.toBe(before.observations[0].uuid);
    expect(oscalOf(structuredClone(fixtures.replay)).result).toEqual(before);
  });

  test.each([
    ['eu-ai-act', '14(4)(e)', 'aia-14', 'aia-14_obj.4.e'],
    ['eu-ai-act', '15(4)/1', 'aia-15', 'aia-15_obj.4.s1'],
    ['eu-ai-act', 'Annex IV(2)(h)', 'aia-annex-4', 'aia-annex-4_obj.2.h'],
    ['eu-ai-act', 'Annex III(5)(b)', 'aia-annex-3', 'aia-annex-3_obj.5.b'],
    ['eu-ai-act', '72', 'aia-72', 'aia-72_obj'],
    ['nist-ai-rmf', 'GOVERN 1.2', 'nist-ai-rmf-GOVERN-1.2', 'nist-ai-rmf-GOVERN-1.2_obj'],
    ['iso-42001', 'A.9.4', 'iso-42001-A.9.4', 'iso-42001-A.9.4_obj'],
  ])('%s:%s is %s, %s', (framework, id, control, objective) => {
    const one = { ...fixtures.replay.controls[0]!, framework, id };
    expect(oscalIds([one])).toEqual([{ control, objective }]);
  });

  test('two editions of one provision are two objectives', () => {
    const one = fixtures.replay.controls[0]!;
    expect(oscalIds([one, { ...one, edition: '2024-07-12' }, { ...one, edition: '2024-07-12' }])).toEqual([
      { control: 'aia-14', objective: 'aia-14_obj.1' },
      { control: 'aia-14-2024-07-12', objective: 'aia-14-2024-07-12_obj.1' },
      { control: 'aia-14-2024-07-12', objective: 'aia-14-2024-07-12_obj.1-2' },
    ]);
  });

  test('UUIDs are those of RFC 9562', () => {
    expect(nameUuid('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
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
