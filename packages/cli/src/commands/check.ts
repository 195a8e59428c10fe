import { checkReporters } from '@benchbook/reports';
import { timeOf } from '../at.ts';
import { EXIT } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';

/** The editor's diagnostics, headless; 1 for any error. */
export async function checkCommand(
  dir: string,
  flags: OutputOptions & PlaceOptions & { readonly at?: string },
): Promise<number> {
  const report = reporterOf(checkReporters, flags);
  const { report: result } = await doJob({ kind: 'check', now: timeOf(flags), ...placeOf(dir, flags) });
  await writeOutput(report(result), flags.out);
  return result.summary.errors > 0 ? EXIT.findings : EXIT.ok;
}
