import type { CheckReport } from '@benchbook/model';
import { sarifLog } from '../format/sarif.ts';
import type { Reporter } from '../reporter.ts';
import { diagnosticFinding } from './sarif-finding.ts';

/** SARIF 2.1.0, one result a diagnostic. */
export const checkSarif: Reporter<CheckReport> = (report) =>
  sarifLog('check', report.diagnostics.map(diagnosticFinding));
