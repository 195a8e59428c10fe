import type { ByteSource, Call, Clock, LatencyReport, ReplayReport } from '@benchbook/model';
import { type BoundaryCall, watchBoundaries } from '../boundary/watch.ts';
import type { Exercise } from '../coverage/exercise.ts';
import { observeCoverage } from '../coverage/observer.ts';
import { createWeights, type Weights } from '../coverage/weight.ts';
import { reportDiagnostics } from '../diagnostics.ts';
import { findGaps } from '../gaps/gaps.ts';
import { latencySampler } from '../latency/sampler.ts';
import { openPdps, type PreparedWorkspace } from '../prepare.ts';
import { conditionCoverage, helpersOf } from '../report/conditions.ts';
import { controlIndex } from '../report/controls.ts';
import { determiningConditions } from '../report/determining-conditions.ts';
import { lineCoverage } from '../report/lines.ts';
import { reportPolicies } from '../report/policies.ts';
import { createDecider, type DecidedCall } from './decide-calls.ts';
import { type Reading, readThrough } from './reading.ts';
import { type RequestTableOptions, requestTable } from './request-table.ts';
import { tally } from './tally.ts';
import { missedThresholds } from './thresholds.ts';

export interface ReplayOptions {
  /** Times reading and, after the replay, deciding. Absent: no latency in the report. */
  readonly clock?: Clock;
  /** An entry per call in the report. */
  readonly decisions?: boolean;
  readonly table?: RequestTableOptions;
  /** Off: conditions, gaps and boundary calls are left out, which is faster. Default true. */
  readonly coverage?: boolean;
  /** SHA-256 of the stored bytes of recordings, as far as they were read. */
  readonly digestOf?: (file: string) => string | undefined;
  /** Told after every step: calls and stored bytes so far. */
  readonly onProgress?: (calls: number, bytes: number) => void;
}

/** Most boundary calls that a report lists. */
const MAX_BOUNDARIES = 200;

export interface ReplayResult {
  readonly report: ReplayReport;
  /** Boundary calls as recordings with what was decided as `expect`. */
  readonly boundaryTests: readonly Call[];
}

/** Decides every call of the recordings, in one pass, and reports. Rejects where a recording cannot be opened. */
export async function replay(
  prepared: PreparedWorkspace,
  recordings: readonly ByteSource[],
  options: ReplayOptions = {},
): Promise<ReplayResult> {
  const pdps = openPdps(prepared, requestTable(options.table));
  const conditions = options.coverage !== false;
  const counts = tally(
    options.decisions === true,
    conditions ? determiningConditions(prepared.texts) : undefined,
  );
  const boundary = watchBoundaries(pdps, prepared.texts);
  const weights = createWeights(prepared.workspace.manifest.default);
  const coverage = observeCoverage<DecidedCall>({
    conditions,
    ...(conditions && {
      onFirst: (decided) => {
        weights.visit(decided.wouldBe);
        boundary.visit(decided);
      },
    }),
  });
  const latency = options.clock ? latencySampler() : undefined;
  const decider = createDecider(pdps, (decided) => {
    counts.visit(decided);
    coverage.visit(decided);
    latency?.add(decided.call, decided.session, decided.decision);
  });
  const reading = await readThrough(recordings, decider, {
    onProgress: options.onProgress,
    onEnd: counts.endRecording,
  });

  const measured = options.clock && latency?.measure(options.clock);
  const report = buildReport(prepared, counts.result, {
    exercise: coverage.finish(),
    weights,
    boundary: { calls: boundary.calls, exercise: boundary.exercise },
    conditions,
    ...(measured && { latency: measured }),
    ...(options.decisions && { decisions: counts.result.decisions }),
    ...reading,
    recordings: reading.recordings.map((entry) => {
      const sha256 = options.digestOf?.(entry.file);
      return sha256 === undefined ? entry : { ...entry, sha256 };
    }),
  });
  return { report, boundaryTests: boundary.calls.flatMap(({ test }) => test ?? []) };
}

interface ReplayParts extends Omit<Reading, 'recordings'> {
  readonly exercise: Exercise;
  readonly weights: Weights;
  readonly boundary: { readonly calls: readonly BoundaryCall[]; readonly exercise: Exercise };
  readonly conditions: boolean;
  readonly latency?: LatencyReport;
  readonly decisions?: ReplayReport['decisions'];
  readonly recordings: ReplayReport['recordings'];
}

function buildReport(
  prepared: PreparedWorkspace,
  result: ReturnType<typeof tally>['result'],
  parts: ReplayParts,
): ReplayReport {
  const { manifest } = prepared.workspace;
  const controls = controlIndex(prepared.controls);
  const sets = prepared.policies.everything;
  const { exercise, weights } = parts;
  const policies = reportPolicies({
    sets,
    exercise,
    texts: prepared.texts,
    modeOf: prepared.modeOf,
    refsOf: controls.refsOf,
    countsOf: (id) => result.policies.get(id),
  });
  const helpers = helpersOf(sets, exercise, prepared.texts);
  const coverage = {
    policies: { covered: policies.filter(({ applied }) => applied > 0).length, total: policies.length },
    conditions: parts.conditions
      ? conditionCoverage([...policies, ...helpers].map(({ conditions }) => conditions))
      : { covered: 0, total: 0 },
  };
  const gaps = parts.conditions
    ? findGaps({
        sets,
        exercise,
        boundary: parts.boundary.exercise,
        weights,
        texts: prepared.texts,
        used: result.tools,
        declared: prepared.workspace.tools,
        modeOf: prepared.modeOf,
      })
    : [];
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
    helpers,
    coverage,
    lines: parts.conditions ? lineCoverage(sets, exercise, prepared.texts) : [],
    gaps,
    boundaries: parts.boundary.calls.slice(0, MAX_BOUNDARIES).map(({ report }) => report),
    unexecuted: controls.unexecuted(prepared.company),
    controls: controls.report(policies, sets, exercise),
    ...(parts.latency && { latency: parts.latency }),
    ...(parts.decisions && { decisions: parts.decisions }),
    findings: [...result.missed, ...missedThresholds(manifest.thresholds, coverage, parts.latency)],
    unreadable: parts.unreadable,
    errors: result.errors,
    tools: result.tools,
    wouldChange: result.wouldChange,
    diagnostics: reportDiagnostics(
      parts.conditions ? prepared.diagnose(exercise) : prepared.diagnostics,
      prepared.texts,
    ),
    skippedFiles: files.filter((file) => fatal.has(file)),
    recordings: parts.recordings,
    files: prepared.workspace.policyFiles.flatMap(({ path, role, sha256 }) =>
      role === 'test' ? [] : { path, role, sha256 },
    ),
    period: result.period,
  };
}
