import type { AgentsReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON. */
export const agentsJson: Reporter<AgentsReport> = (report) => prettyJson(report);
