import type { SimulationReport } from '@benchbook/model';
import type { Section } from '../../html/section.ts';
import {
  agentsSection,
  breakersSection,
  findingsSection,
  incidentsSection,
  trialsSection,
} from './sections.ts';
import { timeLineSection } from './time-line.ts';

/** The parts of the report that have something to say, in the order of what matters. */
export function simulationSections(report: SimulationReport): readonly Section[] {
  return [
    findingsSection(report),
    timeLineSection(report),
    agentsSection(report),
    breakersSection(report),
    trialsSection(report),
    incidentsSection(report),
  ].filter((section): section is Section => section !== undefined);
}
