import type { DecisionReport, PolicyReport, ReplayReport } from '@benchbook/model';
import { csv } from '../format/csv.ts';
import type { Reporter } from '../reporter.ts';

/** CSV of the decisions where the report has them (`--decisions`), else of the policies. */
export const replayCsv: Reporter<ReplayReport> = (report) =>
  report.decisions
    ? csv([decisionHeader, ...report.decisions.map(decisionRow)])
    : csv([policyHeader, ...report.policies.map(policyRow)]);

const decisionHeader = [
  'call',
  'session',
  'tool',
  'outcome',
  'basis',
  'determining',
  'reasons',
  'errors',
  'missing',
  'afterDivergence',
  'wouldBe',
  'expect',
  'file',
  'line',
];

function decisionRow(one: DecisionReport) {
  return [
    one.call,
    one.session,
    one.tool,
    one.outcome,
    one.basis,
    one.determining.join('; '),
    one.reasons.join('; '),
    one.errors.map((error) => `${error.policy ?? ''} ${error.kind}: ${error.message}`.trim()).join('; '),
    one.missing.join('; '),
    one.afterDivergence,
    one.wouldBe,
    one.expect ?? '',
    one.source.file,
    one.source.line ?? '',
  ];
}

const policyHeader = [
  'policy',
  'file',
  'line',
  'language',
  'effect',
  'mode',
  'applied',
  'silent',
  'determined',
  'wouldDetermine',
  'errors',
  'conditionsCovered',
  'conditions',
  'controls',
];

function policyRow(policy: PolicyReport) {
  return [
    policy.id,
    policy.file,
    policy.range.start.line,
    policy.language,
    policy.effect ?? '',
    policy.mode,
    policy.applied,
    policy.silent,
    policy.determined,
    policy.wouldDetermine,
    policy.errors,
    policy.conditions.filter((one) => one.true > 0 && one.false > 0).length,
    policy.conditions.length,
    policy.controls.join('; '),
  ];
}
