import type { SimulationReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { heading, more, type Section } from '../../text/section.ts';
import { shortTime } from '../words.ts';
import { rows } from './rows.ts';

const SHOWN = 20;

/** When the PDP was in trouble, and what came of the calls then. */
export const outages: Section<SimulationReport> = ({ outages: all, pdp }, page) => {
  if (all.length === 0) return [];
  const columns = [
    { title: 'from' },
    { title: 'to' },
    { title: 'calls', align: 'right' },
    { title: 'blocked', align: 'right' },
    { title: 'unvalidated', align: 'right' },
  ] as const;
  const cells = all
    .slice(0, SHOWN)
    .map(({ from, to, calls, blocked, unvalidated }) => [
      shortTime(from),
      shortTime(to),
      count(calls),
      count(blocked),
      count(unvalidated),
    ]);
  return [
    heading(page, 'Outages', pdp.state),
    ...rows(page, columns, cells),
    ...more(page, cells.length, all.length, ''),
  ];
};
