import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createGenerator } from 'ts-json-schema-generator';
import { describe, expect, test } from 'vitest';
import {
  auditReporters,
  checkReporters,
  diffReporters,
  explainReporters,
  gateReporters,
  replayReporters,
  simulateReporters,
  testReporters,
  verifyReporters,
} from '../src/index.ts';
import * as diffs from './diff/fixtures.ts';
import * as fixtures from './fixtures.ts';
import * as gates from './gate/fixtures.ts';
import { simulation } from './simulate/report.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const options = { color: false, width: 100 };

const reports = {
  replay: {
    type: 'ReplayReport',
    texts: [fixtures.replay, fixtures.withDecisions, fixtures.hostile, fixtures.empty].map((report) =>
      replayReporters.json!(report, options),
    ),
  },
  check: {
    type: 'CheckReport',
    texts: [fixtures.check, fixtures.hostileCheck].map((report) => checkReporters.json!(report, options)),
  },
  explain: {
    type: 'ExplainReport',
    texts: [fixtures.explain, fixtures.hostileExplain].map((report) =>
      explainReporters.json!(report, options),
    ),
  },
  diff: {
    type: 'DiffReport',
    texts: [diffs.full, diffs.hostile, diffs.empty, diffs.large].map((report) =>
      diffReporters.json!(report, options),
    ),
  },
  gate: {
    type: 'GateReport',
    texts: [gates.certified, gates.hostile].map((report) => gateReporters.json!(report, options)),
  },
  simulate: {
    type: 'SimulationReport',
    texts: [simulation(), simulation('\u001b[31m<b>|')].map((report) =>
      simulateReporters.json!(report, options),
    ),
  },
  audit: {
    type: 'TrailReport',
    texts: [
      auditReporters.json!(
        {
          schema: 'benchbook.audit/v1',
          file: 'trail.jsonl',
          records: 2,
          state: 'unanchored',
          signedRecords: 1,
          problems: [{ record: 2, kind: 'head-unverified', message: 'no key' }],
          problemsLeftOut: 0,
          firstTs: null,
          lastTs: null,
          retention: { months: null, required: 6, enough: null },
        },
        options,
      ),
    ],
  },
  verify: {
    type: 'VerifyReport',
    texts: [gates.valid, gates.hostileVerify].map((report) => verifyReporters.json!(report, options)),
  },
  test: {
    type: 'TestReport',
    texts: [fixtures.tests, fixtures.hostileTests, fixtures.emptyTests].map((report) =>
      testReporters.json!(report, options),
    ),
  },
};

/** Made from the types: they are the one description of what a report holds. Fields may be added. */
function schemaOf(type: string): string {
  const schema = createGenerator({
    path: `${root}packages/model/src/index.ts`,
    tsconfig: `${root}packages/model/tsconfig.json`,
    type,
    additionalProperties: true,
    skipTypeCheck: true,
    sortProps: false,
    topRef: false,
  }).createSchema(type);
  const text = JSON.stringify(
    { ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' },
    null,
    2,
  );
  return `${text.replaceAll('#/definitions/', '#/$defs/').replace('"definitions": {', '"$defs": {')}\n`;
}

describe.each(Object.entries(reports))('%s', (name, { type, texts }) => {
  const schema = schemaOf(type);

  test('the published schema is the one of the types', async () => {
    await expect(schema).toMatchFileSnapshot(`../schema/${name}.json`);
  });

  test('what is printed is valid', () => {
    const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(schema));
    for (const text of texts) {
      validate(JSON.parse(text));
      expect(validate.errors).toBe(null);
    }
  });

  test('a wrong word is not valid', () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(schema));
    expect(validate(JSON.parse(texts[0]!.replace('"schema"', '"scheme"')))).toBe(false);
  });
});
