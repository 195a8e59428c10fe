import { replayNeeds, replayReporters } from '@benchbook/reports';
import { writeNative } from '@benchbook/traces';
import { CannotRun, EXIT } from '../errors.ts';
import { checkHistoryFlags, enterHistory, type HistoryFlags } from '../history.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { startProgress } from '../progress.ts';
import { noCalls } from './no-calls.ts';

export interface ReplayFlags extends OutputOptions, PlaceOptions, HistoryFlags {
  readonly decisions?: boolean;
  readonly strict?: boolean;
  readonly keepGoing?: boolean;
  readonly latency: boolean;
  readonly coverage: boolean;
  readonly boundary?: string;
}

/** Decides every recorded call and reports; 1 for a missed expectation or threshold. */
export async function replayCommand(dir: string, flags: ReplayFlags): Promise<number> {
  const report = reporterOf(replayReporters, flags);
  checkHistoryFlags(flags);
  const progress = startProgress('replaying');
  const needs = Object.hasOwn(replayNeeds, flags.format) ? replayNeeds[flags.format] : undefined;
  const {
    report: result,
    sources,
    boundaryTests,
  } = await doJob(
    {
      kind: 'replay',
      ...placeOf(dir, flags),
      decisions: flags.decisions === true || needs?.decisions === true,
      coverage: flags.coverage,
      sources: needs?.sources === true,
      boundary: flags.boundary !== undefined,
      latency: flags.latency,
      keepGoing: flags.keepGoing === true,
    },
    progress,
  );
  const { unreadable, calls } = result.summary;
  if (flags.strict && unreadable > 0) {
    const first = result.unreadable[0]!;
    const at = first.line === undefined ? '' : `:${first.line}`;
    const more = unreadable > 1 ? `; and ${unreadable - 1} more` : '';
    throw new CannotRun(`${first.file}${at}: ${first.message}${more} (--strict)`);
  }
  if (calls === 0) throw noCalls(result);
  if (flags.boundary !== undefined) {
    await writeOutput(boundaryTests.map((call) => `${writeNative(call)}\n`).join(''), flags.boundary);
  }
  const history = flags.history === undefined ? undefined : await enterHistory(result, flags.history, flags);
  await writeOutput(
    report(history ? { ...result, history } : result, (file) => sources.get(file)),
    flags.out,
  );
  return result.findings.length > 0 ? EXIT.findings : EXIT.ok;
}
