import type { GateReport, VerifyReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/gate.json). */
export const gateJson: Reporter<GateReport> = (report) => prettyJson(report);

/** The whole report as JSON (schema/verify.json). */
export const verifyJson: Reporter<VerifyReport> = (report) => prettyJson(report);
