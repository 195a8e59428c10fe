import type { DiffReport } from '@benchbook/model';
import { count, counted, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutEnd, pad } from '../../format/width.ts';
import { heading, paragraph, type Section } from '../../text/section.ts';
import { arrow, isFeared, kindCounts, kindWords } from '../kinds.ts';
import { unapproved } from '../verdict.ts';

/** Flips by kind, the feared ones first and marked, and whom they affect. */
export const flips: Section<DiffReport> = (report, page) => {
  const { flips: all, calls, byKind, affected } = report.summary;
  if (all === 0) return [];
  const kinds = kindCounts(byKind);
  const widest = Math.max(...kinds.map((one) => count(one.flips).length));
  const open = unapproved(report);
  const rows = kinds.map(({ kind, flips }) => {
    const feared = isFeared(kind);
    const text = `${pad(visible(arrow(kind)), 17)}  ${pad(count(flips), widest, 'right')}  ${kindWords(kind)}`;
    return `  ${feared ? page.paint.red('!') : ' '} ${(feared ? page.paint.red : (plain: string) => plain)(cutEnd(text.trimEnd(), page.width - 4))}`;
  });
  const whom = [
    counted(affected.agents, 'agent'),
    counted(affected.users, 'user'),
    counted(affected.tools, 'tool'),
    counted(affected.sessions, 'session'),
  ].join(', ');
  return [
    heading(page, 'Flips', `${counted(all, 'call')} (${percent(all, calls)}), ${count(open)} unapproved`),
    ...rows,
    ...paragraph(page, `affected: ${whom}`, 4).map(page.paint.dim),
  ];
};

/** How many flips are the first of their session, beside the raw count. */
export const divergences: Section<DiffReport> = (report, page) => {
  const { firstDivergences, flips: all } = report.summary;
  if (all === 0) return [];
  return [
    heading(page, 'First divergences', `${counted(firstDivergences, 'session')}, of ${counted(all, 'flip')}`),
    ...paragraph(page, 'What follows the first flip of a session might not have happened so.', 2),
  ];
};
