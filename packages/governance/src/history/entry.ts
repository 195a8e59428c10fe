import { canonicalJson, digest, type HistoryEntry, type ReplayReport } from '@benchbook/model';

/** When and under which name a replay is entered. */
export interface EntryStamp {
  /** ISO time. */
  readonly at: string;
  readonly version: string | null;
}

/** A replay's figures as one line of a history. */
export function historyEntry(report: ReplayReport, { at, version }: EntryStamp): HistoryEntry {
  const { summary, coverage, latency } = report;
  return {
    schema: 'benchbook.history/v1',
    at,
    version,
    policies: listDigest(report.files.map(({ path, sha256 }) => [path, sha256])),
    recordings: listDigest(
      report.recordings.map(({ file, calls, sha256 }) => [file, sha256 ?? String(calls)]),
    ),
    calls: summary.calls,
    outcomes: { ...summary.outcomes },
    coverage: { policies: share(coverage.policies), conditions: share(coverage.conditions) },
    expectations: { met: summary.expectations.met, missed: summary.expectations.missed },
    p99Ms: latency?.p99 ?? null,
  };
}

/** The order in which files were found says nothing of them. */
function listDigest(list: readonly (readonly string[])[]): string {
  return digest(canonicalJson(list.map((one) => canonicalJson(one)).sort()));
}

function share({ covered, total }: { readonly covered: number; readonly total: number }): number {
  return total === 0 ? 1 : covered / total;
}
