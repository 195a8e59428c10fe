import { type PolicyLoader, type RequestTableOptions, replay, runTests } from '@benchbook/core';
import type { ByteSource, Refusal, ReplayReport, TestReport } from '@benchbook/model';
import { describeLookedFor } from '@benchbook/workspace';
import type { Loaded } from '../loop/loop.ts';

/** What reports over a whole folder are made with. */
export interface ReportPorts {
  readonly loader: PolicyLoader;
  readonly table: RequestTableOptions;
  recordings(): Promise<readonly ByteSource[]>;
  now(): number;
}

/** A report over all recordings, or why there is none. */
export async function reportOf(
  loaded: Loaded | null,
  latency: boolean,
  ports: ReportPorts,
): Promise<ReplayReport | Refusal> {
  const refusal = refusalOf(loaded, true);
  if (refusal || !loaded) return refusal ?? { refused: 'the policies could not be loaded' };
  const { report } = await replay(loaded.prepared, await ports.recordings(), {
    table: ports.table,
    ...(latency && { clock: { now: ports.now } }),
  });
  return report;
}

/** The languages' own tests and every `expect`, or why they cannot be run. */
export async function testsOf(loaded: Loaded | null, ports: ReportPorts): Promise<TestReport | Refusal> {
  const refusal = refusalOf(loaded, false);
  if (refusal || !loaded) return refusal ?? { refused: 'the policies could not be loaded' };
  const native = await ports.loader.test(loaded.state.sources);
  return runTests(loaded.prepared, native, await ports.recordings(), ports.table);
}

/** Why a loaded folder cannot be reported on; undefined where it can. */
export function refusalOf(loaded: Loaded | null, needsTraces: boolean): Refusal | undefined {
  if (!loaded) return undefined;
  const { state, prepared, fatal } = loaded;
  const { policyFiles, tracePaths, lookedFor } = state.workspace;
  if (!policyFiles.some(({ role }) => role === 'policy'))
    return { refused: describeLookedFor('policy', lookedFor.policies) };
  if (needsTraces && tracePaths.length === 0)
    return { refused: describeLookedFor('trace', lookedFor.traces) };
  if (!fatal) return undefined;
  const { file, range, message, code } = fatal;
  const start = range && prepared.texts(file).lineColumn(range.start);
  return { refused: `${file}${start ? `:${start.line}:${start.column}` : ''}: ${message} (${code})` };
}
