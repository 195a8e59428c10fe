import type { DiffReport } from '@benchbook/model';
import { diagnosticFinding } from '../check/sarif-finding.ts';
import { counted } from '../format/numbers.ts';
import { type SarifFinding, sarifLog } from '../format/sarif.ts';
import { unreadableFinding } from '../replay/sarif-unreadable.ts';
import type { Reporter } from '../reporter.ts';
import { latencySentence } from './latency-sentence.ts';
import { flipFindings } from './sarif/flips.ts';
import { placeOf } from './sarif/places.ts';
import * as rules from './sarif/rules.ts';

/** SARIF 2.1.0: the place is the policy in head, the recorded calls stand in `relatedLocations`. */
export const diffSarif: Reporter<DiffReport> = (report) =>
  sarifLog('diff', [
    ...flipFindings(report),
    ...staleApprovals(report),
    ...latency(report),
    ...undecided(report),
    ...lostCoverage(report),
    ...report.unreadable.map(unreadableFinding),
    ...report.diagnostics.map(diagnosticFinding),
  ]);

function staleApprovals({ approvals }: DiffReport): SarifFinding[] {
  return (approvals?.stale ?? []).map(({ line, text }) => ({
    rule: rules.staleApproval,
    message: `This approval approves nothing: ${text}`,
    place: { file: approvals!.file, line },
    fingerprint: `stale-approval:${text}`,
  }));
}

function latency(report: DiffReport): SarifFinding[] {
  const slowest = report.latency?.policies[0];
  const place = slowest && placeOf(report, slowest.policy);
  const told = report.latency ? ` ${latencySentence(report.latency)}` : '';
  return report.findings
    .filter((one) => one.kind === 'latency')
    .map((one) => ({
      rule: rules.slowerDecisions,
      message: `${one.message}.${told}`,
      ...(place && { place }),
      fingerprint: `slower-decisions:${one.threshold}`,
    }));
}

const RELATED = 20;

function undecided({ undecided: all, summary }: DiffReport): SarifFinding[] {
  if (summary.undecided === 0) return [];
  return [
    {
      rule: rules.undecidedCalls,
      message: `Of ${counted(summary.undecided, 'call')} nobody knows whether they flip.`,
      related: all.slice(0, RELATED).map((one) => ({
        ...one.source,
        message: `Recorded call ${one.call} (${one.tool}): ${one.from} -> ${one.to}`,
      })),
      fingerprint: 'undecided-calls',
    },
  ];
}

function lostCoverage(report: DiffReport): SarifFinding[] {
  const { policies, conditions } = report.coverage.lost;
  return [
    ...policies.map((id) => ({
      rule: rules.lostCoverage,
      message: `${id} applied to recorded calls before the change and applies to none now.`,
      place: placeOf(report, id),
      fingerprint: `coverage-lost:${id}`,
    })),
    ...conditions.map((one) => ({
      rule: rules.lostCoverage,
      message: `\`${one.text}\` was seen true and false before the change and is not now.`,
      place: { file: one.file, range: one.range },
      fingerprint: `coverage-lost:${one.policy ?? one.file}:${one.text}`,
    })),
  ];
}
