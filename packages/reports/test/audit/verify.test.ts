import type { TrailReport } from '@benchbook/model';
import { auditReporters } from '@benchbook/reports';
import { expect, test } from 'vitest';

const report: TrailReport = {
  schema: 'benchbook.audit/v1',
  file: 'trails/may.jsonl',
  records: 1152,
  state: 'broken',
  signedRecords: 400,
  problems: [
    { record: 450, kind: 'removed', message: 'record 450 is missing' },
    {
      record: 500,
      kind: 'head-mismatch',
      message: 'records 401 to 500 are \u001b[31mnot all those that the head over record 500 was signed over',
    },
  ],
  problemsLeftOut: 0,
  firstTs: '2026-05-01T10:00:00Z',
  lastTs: '2026-05-31T23:59:00Z',
  retention: { months: 3, required: 6, enough: false },
};
const options = { color: false, width: 80 };

test('text', () => {
  expect(auditReporters.text!(report, options)).toBe(`trails/may.jsonl
  records    1,152
  signed     up to record 400
  decisions  2026-05-01T10:00:00Z to 2026-05-31T23:59:00Z
  retention  3 months, too short
  asked for  6 months at least (EU AI Act, Art. 19(1) and 26(6))

Problems  2, by record
  removed           record 450 is missing
  head-mismatch     records 401 to 500 are \\x1b[31mnot all those that the head
                    over record 500 was signed over

broken: 1,152 records, 2 problems
`);
});

test('the last line says how far a trail can be trusted', () => {
  const last = (more: Partial<TrailReport>) =>
    auditReporters.text!({ ...report, problems: [], ...more }, options)
      .split('\n')
      .at(-2);
  expect([
    last({ state: 'intact', signedRecords: 1152 }),
    last({ state: 'unanchored' }),
    last({ state: 'unanchored', signedRecords: 0 }),
  ]).toEqual([
    'intact: 1,152 records, signed to the end',
    'unanchored: 1,152 records, of which 752 after the last signed head',
    'unanchored: 1,152 records, of which 1,152 after the last signed head',
  ]);
});

test('JSON is the report', () => {
  expect(JSON.parse(auditReporters.json!(report, options))).toEqual(report);
});
