import { replayReporters } from '@benchbook/reports';
import { CannotRun, EXIT } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { startProgress } from '../progress.ts';

export interface ReplayFlags extends OutputOptions, PlaceOptions {
  readonly decisions?: boolean;
  readonly strict?: boolean;
  readonly keepGoing?: boolean;
  readonly latency: boolean;
}

/** Decides every recorded call and reports; 1 for a missed expectation or threshold. */
export async function replayCommand(dir: string, flags: ReplayFlags): Promise<number> {
  const report = reporterOf(replayReporters, flags);
  const progress = startProgress('replaying');
  const { report: result } = await doJob(
    {
      kind: 'replay',
      ...placeOf(dir, flags),
      decisions: flags.decisions === true,
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
  if (calls === 0) {
    const first = result.unreadable[0];
    const why = first
      ? `${first.file}${first.line === undefined ? '' : `:${first.line}`}: ${first.message}`
      : 'they are empty';
    const files = result.recordings.length;
    throw new CannotRun(`no call in ${files === 1 ? 'the recording' : `${files} recordings`}: ${why}`);
  }
  await writeOutput(report(result), flags.out);
  return result.findings.length > 0 ? EXIT.findings : EXIT.ok;
}
