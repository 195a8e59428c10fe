import type { ByteSource, Clock, LatencyReport, ReplayReport, UnreadableReport } from '@benchbook/model';
import { reportDiagnostics } from '../diagnostics.ts';
import { latencySampler } from '../latency/sampler.ts';
import { openPdps, type PreparedWorkspace } from '../prepare.ts';
import { createDecider, decideCalls } from './decide-calls.ts';
import { controlIndex, reportPolicies } from './policies-report.ts';
import type { RequestTableOptions } from './request-table.ts';
import { tally } from './tally.ts';
import { missedThresholds } from './thresholds.ts';

export interface ReplayOptions {
  /** Times reading and, after the replay, deciding. Absent: no latency in the report. */
  readonly clock?: Clock;
  /** An entry per call in the report. */
  readonly decisions?: boolean;
  readonly table?: RequestTableOptions;
  /** Told after every step: calls and stored bytes so far. */
  readonly onProgress?: (calls: number, bytes: number) => void;
}

/** Most unreadable places that a report lists. */
const MAX_UNREADABLE = 100;

/** Decides every call of the recordings, in one pass, and reports. Rejects where a recording cannot be opened. */
export async function replay(
  prepared: PreparedWorkspace,
  recordings: readonly ByteSource[],
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  const pdps = openPdps(prepared, options.table);
  const counts = tally(options.decisions === true);
  const latency = options.clock ? latencySampler() : undefined;
  const read = new Map<string, { file: string; format: string; calls: number }>();
  const unreadable: UnreadableReport[] = [];
  let unreadableCount = 0;
  let calls = 0;
  let bytes = 0;
  let current: string | undefined;

  const decider = createDecider(pdps, (decided) => {
    counts.visit(decided);
    latency?.add(decided.call, decided.session, decided.decision);
  });
  for await (const step of decideCalls(recordings, decider)) {
    if (current !== undefined && step.file !== current) counts.endRecording();
    current = step.file;
    const entry = read.get(step.file) ?? { file: step.file, format: 'unknown', calls: 0 };
    read.set(step.file, { ...entry, format: step.format ?? entry.format, calls: entry.calls + step.calls });
    unreadableCount += step.problems.length;
    for (const problem of step.problems) if (unreadable.length < MAX_UNREADABLE) unreadable.push(problem);
    calls += step.calls;
    bytes += step.bytes;
    options.onProgress?.(calls, bytes);
  }
  counts.endRecording();

  const measured = options.clock && latency?.measure(options.clock);
  return buildReport(prepared, counts.result, {
    ...(measured && { latency: measured }),
    ...(options.decisions && { decisions: counts.result.decisions }),
    unreadable,
    unreadableCount,
    recordings: [...read.values()],
  });
}

interface ReplayParts {
  readonly latency?: LatencyReport;
  readonly decisions?: ReplayReport['decisions'];
  readonly unreadable: readonly UnreadableReport[];
  readonly unreadableCount: number;
  readonly recordings: ReplayReport['recordings'];
}

function buildReport(
  prepared: PreparedWorkspace,
  result: ReturnType<typeof tally>['result'],
  parts: ReplayParts,
): ReplayReport {
  const { manifest } = prepared.workspace;
  const controls = controlIndex(manifest.controls, prepared.catalogs);
  const policies = reportPolicies(
    prepared.policies.everything,
    result.policies,
    prepared.texts,
    prepared.modeOf,
    controls.refsOf,
  );
  const coverage = {
    policies: { covered: policies.filter(({ applied }) => applied > 0).length, total: policies.length },
    conditions: { covered: 0, total: 0 },
  };
  const fatal = new Set(prepared.diagnostics.flatMap(({ fatal, file }) => (fatal ? [file] : [])));
  const files = prepared.workspace.policyFiles.map(({ path }) => path);
  return {
    schema: 'benchbook.replay/v1',
    summary: {
      calls: result.calls,
      sessions: result.sessions,
      outcomes: result.outcomes,
      withErrors: result.withErrors,
      unreadable: parts.unreadableCount,
      firstDivergences: result.firstDivergences,
      expectations: result.expectations,
    },
    policies,
    helpers: [],
    coverage,
    lines: [],
    gaps: [],
    boundaries: [],
    unexecuted: [],
    controls: controls.report(policies),
    ...(parts.latency && { latency: parts.latency }),
    ...(parts.decisions && { decisions: parts.decisions }),
    findings: [...result.missed, ...missedThresholds(manifest.thresholds, coverage, parts.latency)],
    unreadable: parts.unreadable,
    errors: result.errors,
    tools: result.tools,
    wouldChange: result.wouldChange,
    diagnostics: reportDiagnostics(prepared.diagnostics, prepared.texts),
    skippedFiles: files.filter((file) => fatal.has(file)),
    recordings: parts.recordings,
    files: [],
    period: null,
  };
}
