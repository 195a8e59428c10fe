import type { SimulationReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { heading, more, type Page, paragraph, type Section } from '../../text/section.ts';

const SHOWN = 30;

/** What a person should act on. */
export const findings: Section<SimulationReport> = ({ findings: all }, page) => {
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN);
  return [
    heading(page, 'Findings', counted(all.length, 'finding')),
    ...shown.flatMap(({ code, severity, message }) =>
      paragraph(page, `${severity}: ${message} (${code})`, 2).map(paintOf(page, severity)),
    ),
    ...more(page, shown.length, all.length, ''),
  ];
};

function paintOf(page: Page, severity: string): (line: string) => string {
  if (severity === 'error') return page.paint.red;
  return severity === 'warning' ? page.paint.yellow : page.paint.dim;
}
