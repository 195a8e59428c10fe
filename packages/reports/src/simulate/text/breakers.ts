import type { SimulationReport } from '@benchbook/model';
import { counted, decimal } from '../../format/numbers.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';
import { shortTime } from '../words.ts';

const SHOWN = 20;

/** Breakers that tripped: when, at which call, what they stopped, and who reset them. */
export const breakers: Section<SimulationReport> = ({ breakers: all }, page) => {
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN);
  return [
    heading(page, 'Breakers', `${counted(all.length, 'trip')}`),
    ...shown.flatMap(({ rule, key, trippedAt, call, count, limit, blocked, reset }) => [
      ...paragraph(
        page,
        `${rule} for ${key}: tripped ${shortTime(trippedAt)} at ${call} (${decimal(count)}, limit ${decimal(limit)}), stopped ${counted(blocked, 'call')}`,
        2,
      ),
      ...paragraph(
        page,
        reset === null ? 'not reset' : `reset ${shortTime(reset.at)} by ${reset.by}: ${reset.reason}`,
        6,
      ).map(reset === null ? page.paint.yellow : page.paint.dim),
    ]),
    ...more(page, shown.length, all.length, ''),
  ];
};
