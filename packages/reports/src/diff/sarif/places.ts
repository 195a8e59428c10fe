import type { DiffReport } from '@benchbook/model';
import type { SarifPlace } from '../../format/sarif.ts';

/** Where a policy stands in head; of a policy that is only in base the file alone, since its lines are others' now. */
export function placeOf(report: DiffReport, policy: string): SarifPlace {
  const changed = report.policies.find((one) => one.id === policy);
  if (changed && changed.change !== 'removed') return { file: changed.file, range: changed.range };
  if (changed) return { file: changed.file };
  const cut = policy.indexOf('#');
  return { file: cut === -1 ? policy : policy.slice(0, cut) };
}
