import type { DecisionReport, PolicyReport, ReplayFinding, ReplayReport } from '@benchbook/model';
import { xmlAttributes, xmlLines } from '../format/xml.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';
import { findingSentence } from './finding-sentence.ts';

/** One test case: passed unless it says otherwise. */
interface Case {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly message: string; readonly text: string };
  readonly skipped?: string;
  readonly out?: string;
}

/**
 * JUnit XML: a suite of expectations (one case per call that has one; with `--decisions` those met are listed one
 * by one, else as one case), of thresholds that were missed, and of policies, where never applied is skipped.
 */
export const replayJunit: Reporter<ReplayReport> = (report) => {
  const suites: readonly (readonly [string, readonly Case[]])[] = [
    ['expectations', expectationCases(report)],
    ['thresholds', report.findings.filter((one) => one.kind === 'threshold').map(thresholdCase)],
    ['policies', report.policies.map((policy) => policyCase(policy, report))],
  ];
  const all = suites.flatMap(([, cases]) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'benchbook replay', tests: all.length, failures: failures(all), errors: 0 })}>`,
    ...suites.filter(([, cases]) => cases.length > 0).flatMap(([name, cases]) => suite(name, cases, report)),
    '</testsuites>',
    '',
  ].join('\n');
};

function suite(name: string, cases: readonly Case[], report: ReplayReport): string[] {
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  const counts = { tests: cases.length, failures: failures(cases), errors: 0, skipped };
  return [
    `  <testsuite${xmlAttributes({ name, ...counts })}>`,
    ...cases.flatMap(caseLines),
    ...(name === 'expectations'
      ? [`    <system-out>${xmlLines(closingLine(report.summary))}</system-out>`]
      : []),
    '  </testsuite>',
  ];
}

function caseLines(one: Case): string[] {
  const open = `    <testcase${xmlAttributes({ classname: one.classname, name: one.name })}`;
  const inner = [
    ...(one.failure
      ? [
          `      <failure${xmlAttributes({ message: one.failure.message })}>${xmlLines(one.failure.text)}</failure>`,
        ]
      : []),
    ...(one.skipped === undefined ? [] : [`      <skipped>${xmlLines(one.skipped)}</skipped>`]),
    ...(one.out === undefined ? [] : [`      <system-out>${xmlLines(one.out)}</system-out>`]),
  ];
  return inner.length === 0 ? [`${open}/>`] : [`${open}>`, ...inner, '    </testcase>'];
}

function failures(cases: readonly Case[]): number {
  return cases.filter((one) => one.failure !== undefined).length;
}

type Missed = Extract<ReplayFinding, { readonly kind: 'expectation' }>;

function expectationCases(report: ReplayReport): Case[] {
  const missed = report.findings.filter((one) => one.kind === 'expectation');
  const met = report.summary.expectations.met;
  if (!report.decisions) {
    const rest = met === 0 ? [] : [{ classname: 'expectations', name: `${met} met` }];
    return [...missed.map(missedCase), ...rest];
  }
  const byCall = new Map(missed.map((one) => [one.call, one]));
  return report.decisions
    .filter((one) => one.expect !== undefined)
    .map((one) => {
      const miss = byCall.get(one.call);
      return miss ? missedCase(miss) : { classname: recordingOf(one.source), name: nameOf(one) };
    });
}

function missedCase(one: Missed): Case {
  const message = `expected ${one.expected}, decided ${one.actual}`;
  return {
    classname: recordingOf(one.source),
    name: nameOf(one),
    failure: { message, text: findingSentence(one) },
  };
}

function nameOf(one: Missed | DecisionReport): string {
  return one.tool === undefined ? one.call : `${one.call} ${one.tool}`;
}

function recordingOf(source: { readonly file: string } | undefined): string {
  return source?.file ?? 'expectations';
}

function thresholdCase(one: Extract<ReplayFinding, { readonly kind: 'threshold' }>): Case {
  const message = `${one.actual} misses the limit ${one.limit}`;
  return { classname: 'thresholds', name: one.threshold, failure: { message, text: findingSentence(one) } };
}

function policyCase(policy: PolicyReport, report: ReplayReport): Case {
  const errors = report.errors.filter((error) => error.policy === policy.id);
  return {
    classname: policy.file,
    name: policy.id,
    ...(policy.applied === 0 ? { skipped: 'never applied' } : {}),
    ...(errors.length > 0
      ? {
          out: errors
            .map((error) => `${error.kind} error in ${error.count} calls: ${error.message}`)
            .join('\n'),
        }
      : {}),
  };
}
