import { OUTCOMES, type ReplayReport } from '@benchbook/model';
import { count } from '../format/numbers.ts';
import type { Section } from '../html/section.ts';
import { table } from '../html/table.ts';
import { scrolling } from './figures.ts';
import { code } from './links.ts';
import { outcomeBar } from './outcomes.ts';

const columns = [
  { title: 'tool' },
  { title: 'calls', figures: true },
  { title: 'outcomes' },
  ...OUTCOMES.map((title) => ({ title, figures: true })),
];

/** Calls by tool, the most called first. */
export function toolsSection({ tools }: ReplayReport): Section | undefined {
  if (tools.length === 0) return undefined;
  const sorted = [...tools].sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1));
  const rows = sorted.map(({ name, calls, outcomes }) => ({
    cells: [code(name), count(calls), outcomeBar(outcomes), ...OUTCOMES.map((one) => count(outcomes[one]))],
  }));
  return {
    id: 'tools',
    title: 'Tools',
    badge: count(tools.length),
    body: scrolling('Calls by tool and outcome', table('Calls by tool and outcome', columns, rows)),
  };
}
