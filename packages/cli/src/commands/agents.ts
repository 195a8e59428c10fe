import { agentsReporters } from '@benchbook/reports';
import { timeOf } from '../at.ts';
import { EXIT } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { type OutputOptions, reporterOf, writeOutput } from '../output.ts';
import { type PlaceOptions, placeOf } from '../place.ts';

/** The agents of the registry, and what the build checks say of them; 1 for any error. */
export async function agentsCommand(
  dir: string,
  flags: OutputOptions & PlaceOptions & { readonly at?: string },
): Promise<number> {
  const report = reporterOf(agentsReporters, flags);
  const { report: result } = await doJob({ kind: 'agents', now: timeOf(flags), ...placeOf(dir, flags) });
  await writeOutput(report(result), flags.out);
  return result.findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
}
