import type { DiffReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/diff.json). */
export const diffJson: Reporter<DiffReport> = (report) => prettyJson(report);
