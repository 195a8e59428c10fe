import { testReporters } from '@benchbook/reports';
import { CannotRun, EXIT } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';

/** The languages' own tests and every `expect`; 1 for any that failed or could not be run. */
export async function testCommand(dir: string, flags: OutputOptions & PlaceOptions): Promise<number> {
  const report = reporterOf(testReporters, flags);
  const { report: result } = await doJob({ kind: 'test', ...placeOf(dir, flags) });
  const { tests, failed, errors } = result.summary;
  if (tests === 0)
    throw new CannotRun(
      'no test: add `expect` to a recorded call, or a test file of a policy language (see docs/formats.md)',
    );
  await writeOutput(report(result), flags.out);
  return failed + errors > 0 ? EXIT.findings : EXIT.ok;
}
