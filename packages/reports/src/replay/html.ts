import type { ReplayReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';
import { html } from '../html/markup.ts';
import { page, scriptJson } from '../html/page.ts';
import { contents, type Section, sectionMarkup } from '../html/section.ts';
import type { Reporter } from '../reporter.ts';
import * as assets from './html/assets.ts';
import { boundariesSection } from './html/boundaries.ts';
import { encodeCalls } from './html/calls/encode.ts';
import { callsSection } from './html/calls/section.ts';
import { createContext } from './html/context.ts';
import { controlsSection } from './html/controls.ts';
import { coverageSection } from './html/covered/section.ts';
import { findingsSection } from './html/findings.ts';
import { gapsSection } from './html/gaps.ts';
import { header } from './html/header.ts';
import { inputsSection } from './html/inputs.ts';
import { latencySection } from './html/latency.ts';
import { outcomesSection } from './html/outcomes.ts';
import { problemsSection } from './html/problems.ts';
import { trendSection } from './trend/section.ts';

/** The report as one page that opens from disk, fetches nothing and can be printed. */
export const replayHtml: Reporter<ReplayReport> = (report, options) => {
  const context = createContext(report, options);
  const data = encodeCalls(context);
  const sections = [
    findingsSection(context),
    outcomesSection(context),
    problemsSection(context),
    gapsSection(context),
    coverageSection(context),
    controlsSection(context),
    boundariesSection(context),
    latencySection(context),
    trendSection(report),
    callsSection(context, data),
    inputsSection(context),
  ].filter((section): section is Section => section !== undefined);
  const main = html`<main id="main">
${sections.map(
  (section) => html`${sectionMarkup(section)}
`,
)}</main>`;
  const title = `Benchbook replay: ${counted(report.summary.calls, 'call')}`;
  return page(title, [header(report), contents(sections), main], scriptJson(data), assets);
};
