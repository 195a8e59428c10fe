import { statSync } from 'node:fs';
import { explainReporters } from '@benchbook/reports';
import { EXIT } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';

/** Why one call came out as it did. */
export async function explainCommand(
  first: string,
  second: string,
  flags: OutputOptions & PlaceOptions,
): Promise<number> {
  const report = reporterOf(explainReporters, flags);
  // Every other command takes its folder first: either order is understood.
  const [call, dir] =
    second !== '.' && isFolder(first) && !isFolder(second) ? [second, first] : [first, second];
  const { report: result } = await doJob({ kind: 'explain', ...placeOf(dir, flags), call });
  await writeOutput(report(result), flags.out);
  return EXIT.ok;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
