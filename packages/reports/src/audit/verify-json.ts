import type { TrailReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/audit.json). */
export const auditJson: Reporter<TrailReport> = (report) => prettyJson(report);
