import type { ExplainReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/explain.json). */
export const explainJson: Reporter<ExplainReport> = (report) => prettyJson(report);
