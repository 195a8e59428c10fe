import { readFileSync } from 'node:fs';
import { diffReporters } from '@benchbook/reports';
import { CannotRun, EXIT, messageOf } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { startProgress } from '../progress.ts';
import { noCalls } from './no-calls.ts';

export interface DiffFlags extends OutputOptions, PlaceOptions {
  readonly base: string;
  readonly approve?: string;
  readonly keepGoing?: boolean;
  readonly latency: boolean;
  readonly coverage: boolean;
}

/** What a change of the policies does; 1 for an unapproved flip, a stale approval or decisions that got slower. */
export async function diffCommand(dir: string, flags: DiffFlags): Promise<number> {
  const report = reporterOf(diffReporters, flags);
  const approve =
    flags.approve === undefined ? undefined : { file: flags.approve, text: readText(flags.approve) };
  const { report: result } = await doJob(
    {
      kind: 'diff',
      ...placeOf(dir, flags),
      base: flags.base,
      ...(approve && { approve }),
      latency: flags.latency,
      keepGoing: flags.keepGoing === true,
      coverage: flags.coverage,
    },
    startProgress('comparing'),
  );
  if (result.summary.calls === 0) throw noCalls(result);
  await writeOutput(report(result), flags.out);
  return result.findings.length > 0 ? EXIT.findings : EXIT.ok;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotRun(`cannot read the approvals: ${messageOf(error)}`);
  }
}
