import type { CheckReport } from '@benchbook/model';
import { reportDiagnostics } from '../diagnostics.ts';
import type { PreparedWorkspace } from '../prepare.ts';

/** The diagnostics of a workspace as a report. */
export function check(prepared: PreparedWorkspace): CheckReport {
  const { diagnostics, policies, workspace, texts } = prepared;
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  return {
    schema: 'benchbook.check/v1',
    summary: {
      files: workspace.policyFiles.length,
      policies: policies.everything.reduce((sum, set) => sum + set.policies.length, 0),
      errors: count('error'),
      warnings: count('warning'),
    },
    diagnostics: reportDiagnostics(diagnostics, texts),
  };
}
