import type { DiffFinding, DiffLatency, Flip } from '@benchbook/model';
import type { Thresholds } from '@benchbook/workspace';

/** What makes exit code 1: unapproved flips, approvals that approve nothing, and limits of latency that are passed. */
export function findingsOf(
  flips: readonly Flip[],
  stale: readonly { readonly line: number; readonly text: string }[],
  latency: DiffLatency | undefined,
  thresholds: Thresholds,
): DiffFinding[] {
  return [
    ...flips.filter(({ approved }) => approved === null).map(flipFinding),
    ...stale.map(
      ({ line, text }): DiffFinding => ({
        kind: 'stale-approval',
        line,
        message: `the approval of ${text} approves nothing: remove it`,
      }),
    ),
    ...(latency ? latencyFindings(latency, thresholds) : []),
  ];
}

function flipFinding({ call, tool, from, to, because, condition }: Flip): DiffFinding {
  const by = because[0] === undefined ? '' : ` by ${because[0]}`;
  const why = condition === null ? '' : `: ${condition}`;
  return { kind: 'flip', call, from, to, message: `${call} (${tool}): ${from} -> ${to}${by}${why}` };
}

function latencyFindings({ p99 }: DiffLatency, thresholds: Thresholds): DiffFinding[] {
  const findings: DiffFinding[] = [];
  const { p99Ratio, p99Ms } = thresholds;
  if (p99Ratio !== undefined && p99.interval[0] > p99Ratio) {
    const message = `p99Ratio: ${p99.ratio} (${p99.interval[0]} to ${p99.interval[1]}), above the limit of ${p99Ratio}`;
    findings.push({ kind: 'latency', threshold: 'p99Ratio', limit: p99Ratio, actual: p99.ratio, message });
  }
  if (p99Ms !== undefined && p99.head > p99Ms) {
    const message = `p99Ms: ${p99.head} ms, above the limit of ${p99Ms} ms`;
    findings.push({ kind: 'latency', threshold: 'p99Ms', limit: p99Ms, actual: p99.head, message });
  }
  return findings;
}
