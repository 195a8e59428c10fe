import type { CheckReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/check.json). */
export const checkJson: Reporter<CheckReport> = (report) => prettyJson(report);
