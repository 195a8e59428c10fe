import type { LatencyReport, Ratio, ReplayFinding } from '@benchbook/model';
import type { Thresholds } from '@benchbook/workspace';

/** The thresholds of the manifest that a replay missed. */
export function missedThresholds(
  thresholds: Thresholds,
  coverage: { readonly policies: Ratio; readonly conditions: Ratio },
  latency: LatencyReport | undefined,
): ReplayFinding[] {
  const findings: ReplayFinding[] = [];
  const atLeast = (threshold: string, limit: number | undefined, { covered, total }: Ratio): void => {
    if (limit === undefined || total === 0 || covered / total >= limit) return;
    const actual = covered / total;
    const message = `${threshold}: ${covered} of ${total} (${percent(actual)}), below the limit of ${percent(limit)}`;
    findings.push({ kind: 'threshold', threshold, limit, actual, message });
  };
  atLeast('policyCoverage', thresholds.policyCoverage, coverage.policies);
  atLeast('conditionCoverage', thresholds.conditionCoverage, coverage.conditions);
  if (latency && thresholds.p99Ms !== undefined && latency.p99 > thresholds.p99Ms) {
    const { p99Ms: limit } = thresholds;
    const message = `p99Ms: ${latency.p99} ms, above the limit of ${limit} ms`;
    findings.push({ kind: 'threshold', threshold: 'p99Ms', limit, actual: latency.p99, message });
  }
  return findings;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
