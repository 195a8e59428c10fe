import type { DecisionReport, PolicyReport, ReplayFinding, ReplayReport } from '@benchbook/model';
import { coverageProperties } from '../covered/properties.ts';
import { type JunitCase, junitDocument } from '../format/junit.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';
import { findingSentence } from './finding-sentence.ts';

/**
 * JUnit XML: a suite of expectations (one case per call that has one; with `--decisions` those met are listed one
 * by one, else as one case), of thresholds that were missed, and of policies, where never applied is skipped.
 */
export const replayJunit: Reporter<ReplayReport> = (report) => {
  const { calls, sessions, outcomes, withErrors, unreadable } = report.summary;
  const properties = { calls, sessions, ...outcomes, withErrors, unreadable };
  return junitDocument('benchbook replay', [
    {
      name: 'expectations',
      cases: expectationCases(report),
      properties,
      out: closingLine(report.summary),
    },
    {
      name: 'thresholds',
      cases: report.findings.filter((one) => one.kind === 'threshold').map(thresholdCase),
    },
    {
      name: 'policies',
      cases: report.policies.map((policy) => policyCase(policy, report)),
      properties: coverageProperties(report),
    },
  ]);
};

type Missed = Extract<ReplayFinding, { readonly kind: 'expectation' }>;

function expectationCases(report: ReplayReport): JunitCase[] {
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

function missedCase(one: Missed): JunitCase {
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

function thresholdCase(one: Extract<ReplayFinding, { readonly kind: 'threshold' }>): JunitCase {
  const message = `${one.actual} misses the limit ${one.limit}`;
  return { classname: 'thresholds', name: one.threshold, failure: { message, text: findingSentence(one) } };
}

function policyCase(policy: PolicyReport, report: ReplayReport): JunitCase {
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
