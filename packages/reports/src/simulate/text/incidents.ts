import type { SimulationReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';
import { shortTime } from '../words.ts';

const SHOWN = 20;

/** What a person would be called for. */
export const incidents: Section<SimulationReport> = ({ incidents: all }, page) => {
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN);
  return [
    heading(page, 'Incidents', counted(all.length, 'incident')),
    ...shown.flatMap((incident) =>
      paragraph(
        page,
        `${incident.severity}: ${incident.summary}; ${shortTime(incident.first)} at ${incident.firstCall}${incident.count > 1 ? `, ${count(incident.count)} times` : ''}`,
        2,
      ),
    ),
    ...more(page, shown.length, all.length, ''),
  ];
};
