import type {
  ByteSource,
  ChangedPolicy,
  Clock,
  DiffFinding,
  DiffLatency,
  DiffReport,
  Flip,
  PolicyChange,
} from '@benchbook/model';
import { reportDiagnostics } from '../diagnostics.ts';
import { createLatencyComparer } from '../latency/compare/comparer.ts';
import { openPdps } from '../prepare.ts';
import { type Reading, readThrough } from '../replay/reading.ts';
import { type RequestTableOptions, requestTable } from '../replay/request-table.ts';
import { createWalker, joinNeeds } from '../replay/walk.ts';
import { type Approvals, applyApprovals } from './approvals.ts';
import { becauseOf } from './because.ts';
import { changedConditions, type Versions } from './conditions.ts';
import { compareControls } from './controls.ts';
import { compareCoverage } from './coverage.ts';
import { findingsOf } from './findings.ts';
import { countFlips, countKinds } from './flips.ts';
import { groupFlips } from './groups.ts';
import { matchPolicies, type PolicyPair } from './match.ts';
import { policiesOf } from './version.ts';
import { countVersion } from './version-counter.ts';

export interface DiffOptions {
  /** The revision or folder of base, as reports name it. */
  readonly name: string;
  /** Measures both versions after deciding. Absent: no latency in the report. */
  readonly clock?: Clock;
  /** Off: what conditions held is not looked at, which is faster. Default true. */
  readonly coverage?: boolean;
  readonly approvals?: Approvals;
  readonly table?: RequestTableOptions;
  /** Told after every step: calls and stored bytes so far. */
  readonly onProgress?: (calls: number, bytes: number) => void;
}

/**
 * Decides every call of the recordings under two versions of the policies, in one pass, and tells what differs.
 * Requests that both versions ask alike are decided once. Rejects where a recording cannot be opened.
 */
export async function diff(
  versions: Versions,
  recordings: readonly ByteSource[],
  options: DiffOptions,
): Promise<DiffReport> {
  const { base, head } = versions;
  const table = requestTable(options.table);
  const old = openPdps(base, table);
  const now = openPdps(head, table);
  const pairs = matchPolicies(policiesOf(base), policiesOf(head));
  const flips = countFlips(becauseOf(pairs, versions));
  const conditions = options.coverage !== false;
  const oldCounts = countVersion(base, conditions);
  const newCounts = countVersion(head, conditions);

  const differing = new Set(
    pairs.flatMap(({ base: one, head: other, change }) =>
      change === 'same' || change === 'renamed' ? [] : [one?.policy.id, other?.policy.id],
    ),
  );
  const { p99Ratio } = head.workspace.manifest.thresholds;
  const latency =
    options.clock &&
    createLatencyComparer({
      differs: (policy) => differing.has(policy),
      ...(p99Ratio !== undefined && p99Ratio > 1 && { bound: p99Ratio }),
    });

  const needs = joinNeeds([old, now].flatMap((pdps) => [pdps.enforced.needs, pdps.everything.needs]));
  const walker = createWalker(needs, (visited) => {
    const { call, session } = visited;
    const before = old.enforced.decide(call, session);
    const after = now.enforced.decide(call, session);
    const wouldHaveBeen = old.everything === old.enforced ? before : old.everything.decide(call, session);
    const wouldBe = now.everything === now.enforced ? after : now.everything.decide(call, session);
    oldCounts.visit(before, wouldHaveBeen);
    newCounts.visit(after, wouldBe);
    flips.visit({ ...visited, base: before, head: after });
    latency?.add(call, session, before, after, visited.sessionNumber);
  });
  const reading = await readThrough(recordings, walker, {
    onProgress: options.onProgress,
    onEnd: flips.endRecording,
  });
  const measured = options.clock && latency?.measure(options.clock);
  return buildReport(versions, options, {
    pairs,
    reading,
    flips: flips.result,
    base: oldCounts.finish(),
    head: newCounts.finish(),
    ...(measured && { latency: measured }),
  });
}

interface DiffParts {
  readonly pairs: readonly PolicyPair[];
  readonly reading: Reading;
  readonly flips: ReturnType<typeof countFlips>['result'];
  readonly base: ReturnType<ReturnType<typeof countVersion>['finish']>;
  readonly head: ReturnType<ReturnType<typeof countVersion>['finish']>;
  readonly latency?: DiffLatency;
}

function buildReport(versions: Versions, options: DiffOptions, parts: DiffParts): DiffReport {
  const { pairs, reading, flips: counted, latency } = parts;
  const { approvals } = options;
  const judged = approvals ? applyApprovals(counted.flips, approvals) : { flips: counted.flips, stale: [] };
  const { flips, stale } = judged;
  const findings: readonly DiffFinding[] = findingsOf(
    flips,
    stale,
    latency,
    versions.head.workspace.manifest.thresholds,
  );
  return {
    schema: 'benchbook.diff/v1',
    base: options.name,
    summary: {
      calls: counted.calls,
      sessions: counted.sessions,
      flips: flips.length,
      unchanged: counted.unchanged,
      undecided: counted.undecided.length,
      byKind: countKinds(flips),
      approved: flips.filter(({ approved }) => approved !== null).length,
      firstDivergences: counted.firstDivergences,
      affected: {
        agents: distinct(flips, ({ agent }) => agent),
        users: distinct(flips, ({ user }) => user),
        tools: distinct(flips, ({ tool }) => tool),
        sessions: counted.firstDivergences,
      },
      withErrors: counted.withErrors,
      unreadable: reading.unreadableCount,
    },
    policies: changedPolicies(pairs, versions),
    groups: groupFlips(flips, changeIndex(pairs)),
    flips,
    undecided: counted.undecided,
    coverage: compareCoverage(parts.base, parts.head, pairs),
    controls: compareControls(parts.base.controls, parts.head.controls),
    ...(latency && { latency }),
    ...(approvals && { approvals: { file: approvals.file, entries: approvals.entries.length, stale } }),
    findings,
    unreadable: reading.unreadable,
    diagnostics: reportDiagnostics(versions.head.diagnostics, versions.head.texts),
    recordings: reading.recordings,
  };
}

function changedPolicies(pairs: readonly PolicyPair[], versions: Versions): ChangedPolicy[] {
  return pairs.flatMap((pair): ChangedPolicy[] => {
    const { change } = pair;
    if (change === 'same') return [];
    const placed = (pair.head ?? pair.base)!;
    const { texts } = pair.head ? versions.head : versions.base;
    const was = pair.base?.policy.id;
    return [
      {
        id: placed.policy.id,
        change,
        ...(pair.head && was !== undefined && was !== placed.policy.id && { was }),
        file: placed.policy.file,
        range: texts(placed.policy.file).range(placed.policy.range),
        conditions:
          pair.base && pair.head
            ? changedConditions(pair, versions).map(({ base, head }) => ({ base, head }))
            : [],
      },
    ];
  });
}

function changeIndex(pairs: readonly PolicyPair[]): (policy: string) => PolicyChange {
  const changes = new Map(
    pairs.map(({ base, head, change }) => [(head ?? base)!.policy.id, change] as const).reverse(),
  );
  return (policy) => changes.get(policy) ?? 'same';
}

function distinct(flips: readonly Flip[], nameOf: (flip: Flip) => string | null): number {
  return new Set(flips.map(nameOf).filter((name) => name !== null)).size;
}
