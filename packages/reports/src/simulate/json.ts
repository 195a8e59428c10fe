import type { SimulationReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/** The whole report as JSON. */
export const simulateJson: Reporter<SimulationReport> = (report) => prettyJson(report);
