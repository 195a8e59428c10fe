import type { PolicyReport, ReplayReport } from '@benchbook/model';
import { diagnosticFinding } from '../check/sarif-finding.ts';
import { counted } from '../format/numbers.ts';
import { type SarifFinding, type SarifPlace, sarifLog } from '../format/sarif.ts';
import type { Reporter } from '../reporter.ts';
import { findingSentence } from './finding-sentence.ts';
import * as rules from './sarif-rules.ts';

/** SARIF 2.1.0: the place is the policy, the recorded call stands in `relatedLocations`. */
export const replaySarif: Reporter<ReplayReport> = (report) => {
  const byId = new Map(report.policies.map((policy) => [policy.id, policy]));
  return sarifLog([
    ...expectations(report, byId),
    ...thresholds(report),
    ...errors(report, byId),
    ...unreadable(report),
    ...report.skippedFiles.map((file) => ({
      rule: rules.skippedFile,
      message: `${file} did not load and was left out of every decision.`,
      place: { file },
      fingerprint: `skipped-file:${file}`,
    })),
    ...neverApplied(report),
    ...report.diagnostics.map(diagnosticFinding),
  ]);
};

type PoliciesById = ReadonlyMap<string, PolicyReport>;

function policyPlace(byId: PoliciesById, id: string | null | undefined): SarifPlace | undefined {
  const policy = id === null || id === undefined ? undefined : byId.get(id);
  return policy && { file: policy.file, range: policy.range };
}

function expectations(report: ReplayReport, byId: PoliciesById): SarifFinding[] {
  return report.findings
    .filter((one) => one.kind === 'expectation')
    .map((one) => {
      const place = policyPlace(byId, one.determining?.[0]) ?? one.source;
      return {
        rule: rules.missedExpectation,
        message: findingSentence(one),
        ...(place ? { place } : {}),
        ...(one.source ? { related: { ...one.source, message: `Recorded call ${one.call}` } } : {}),
        fingerprint: `missed-expectation:${one.call}`,
      };
    });
}

function thresholds(report: ReplayReport): SarifFinding[] {
  return report.findings
    .filter((one) => one.kind === 'threshold')
    .map((one) => ({
      rule: rules.missedThreshold,
      message: findingSentence(one),
      place: { file: 'benchbook.yaml' },
      fingerprint: `missed-threshold:${one.threshold}`,
    }));
}

function errors(report: ReplayReport, byId: PoliciesById): SarifFinding[] {
  return report.errors.map((one) => {
    const place = policyPlace(byId, one.policy);
    const who = one.policy ?? 'A set';
    return {
      rule: rules.evaluationError,
      message: `${who} errs in ${counted(one.count, 'call')} (${one.kind}), first in ${one.firstCall}: ${one.message}`,
      ...(place ? { place } : {}),
      fingerprint: `evaluation-error:${one.policy ?? ''}:${one.kind}:${one.message}`,
    };
  });
}

function unreadable(report: ReplayReport): SarifFinding[] {
  return report.unreadable.map((one) => ({
    rule: rules.unreadableRecording,
    message: one.message,
    place: one.line === undefined ? { file: one.file } : { file: one.file, line: one.line },
    fingerprint: `unreadable-recording:${one.file}:${one.line ?? ''}`,
  }));
}

function neverApplied(report: ReplayReport): SarifFinding[] {
  return report.policies
    .filter((policy) => policy.applied === 0)
    .map((policy) => ({
      rule: rules.neverApplied,
      message: `${policy.id} applied to none of ${counted(report.summary.calls, 'recorded call')}.`,
      place: { file: policy.file, range: policy.range },
      fingerprint: `policy-never-applied:${policy.id}`,
    }));
}
