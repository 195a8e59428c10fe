import type { ReplayReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON (schema/replay.json). */
export const replayJson: Reporter<ReplayReport> = (report) => prettyJson(report);
