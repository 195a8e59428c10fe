import type { SimulationReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';
import type { Reporter } from '../reporter.ts';
import { lay, type Page, pageFor, paragraph, type Section } from '../text/section.ts';
import { agents } from './text/agents.ts';
import { breakers } from './text/breakers.ts';
import { findings } from './text/findings.ts';
import { incidents } from './text/incidents.ts';
import { outages } from './text/outages.ts';
import { timeLine } from './text/time-line.ts';
import { trials } from './text/trials.ts';
import { closingLine, reviewWords, verdictOf } from './words.ts';

/** What to act on first, the time line as the way there. */
const sections: readonly Section<SimulationReport>[] = [
  findings,
  agents,
  outages,
  breakers,
  reviews,
  timeLine,
  incidents,
  trials,
];

/** The simulation as people read it in a terminal. */
export const simulateText: Reporter<SimulationReport> = (report, options) => {
  const page = pageFor(options);
  const { sentence, bad } = verdictOf(report);
  const style = bad ? page.paint.red : page.paint.green;
  const headline = [
    ...paragraph(page, sentence, 0).map((line) => page.paint.bold(style(line))),
    ...paragraph(page, `${counted(report.summary.calls, 'call')}; ${report.pdp.description}.`, 0).map(
      page.paint.dim,
    ),
  ];
  return lay([headline, ...sections.map((section) => section(report, page))], closingLine(report));
};

function reviews(report: SimulationReport, page: Page): readonly string[] {
  const words = reviewWords(report);
  return words === '' ? [] : [page.paint.bold('Reviews'), ...paragraph(page, words, 2)];
}
