import type { PolicyReport, ReplayReport } from '@benchbook/model';
import { diagnosticFinding } from '../check/sarif-finding.ts';
import { counted } from '../format/numbers.ts';
import { type SarifFinding, type SarifPlace, sarifLog } from '../format/sarif.ts';
import type { Reporter } from '../reporter.ts';
import { findingSentence } from './finding-sentence.ts';
import { gapFindings } from './sarif-gaps.ts';
import * as rules from './sarif-rules.ts';
import { unreadableFinding } from './sarif-unreadable.ts';

/** SARIF 2.1.0: the place is the policy, the recorded call stands in `relatedLocations`. */
export const replaySarif: Reporter<ReplayReport> = (report) => {
  const byId = new Map(report.policies.map((policy) => [policy.id, policy]));
  return sarifLog('replay', [
    ...expectations(report, byId),
    ...thresholds(report),
    ...errors(report, byId),
    ...report.unreadable.map(unreadableFinding),
    ...report.skippedFiles.map((file) => ({
      rule: rules.skippedFile,
      message: `${file} did not load and was left out of every decision.`,
      place: { file },
      fingerprint: `skipped-file:${file}`,
    })),
    ...neverApplied(report),
    ...gapFindings(report),
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
      const [first, ...others] = (one.determining ?? []).flatMap((id) => policyPlace(byId, id) ?? []);
      const place = first ?? one.source;
      const recorded = one.source ? [{ ...one.source, message: `Recorded call ${one.call}` }] : [];
      return {
        rule: rules.missedExpectation,
        message: findingSentence(one),
        ...(place ? { place } : {}),
        related: [
          ...recorded,
          ...others.slice(0, 20).map((other) => ({ ...other, message: 'Determines it too' })),
        ],
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

function neverApplied(report: ReplayReport): SarifFinding[] {
  const told = new Set(
    report.gaps.flatMap((one) => (one.code === 'policy-never-applies' ? [one.policy] : [])),
  );
  return report.policies
    .filter((policy) => policy.applied === 0 && !told.has(policy.id))
    .map((policy) => ({
      rule: rules.neverApplied,
      message: `${policy.id} applied to none of ${counted(report.summary.calls, 'recorded call')}.`,
      place: { file: policy.file, range: policy.range },
      fingerprint: `policy-never-applied:${policy.id}`,
    }));
}
