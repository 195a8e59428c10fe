import type { TestReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/test.json). */
export const testJson: Reporter<TestReport> = (report) => prettyJson(report);
