import type { SimulationReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { heading, more, type Section } from '../../text/section.ts';
import { rows } from './rows.ts';

const SHOWN = 20;

/** Agents with how they fail, and what came of their calls. */
export const agents: Section<SimulationReport> = ({ agents: all }, page) => {
  if (all.length === 0) return [];
  const columns = [
    { title: 'agent', shrinkTo: 16 },
    { title: 'tier' },
    { title: 'fails' },
    { title: 'calls', align: 'right' },
    { title: 'blocked', align: 'right' },
    { title: 'unvalidated', align: 'right' },
  ] as const;
  const cells = all
    .slice(0, SHOWN)
    .map(({ agent, tier, failMode, overridden, calls, blocked, unvalidated }) => [
      agent === null ? '(unknown)' : visible(agent),
      tier,
      overridden ? `${failMode} (overridden)` : failMode,
      count(calls),
      count(blocked),
      count(unvalidated),
    ]);
  return [
    heading(page, 'Agents'),
    ...rows(page, columns, cells),
    ...more(page, cells.length, all.length, ''),
  ];
};
