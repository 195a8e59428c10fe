import type { CallEntry, ReplayReport } from '@benchbook/model';
import { html, type Markup } from '../html/markup.ts';
import { contents, type Section, sectionMarkup } from '../html/section.ts';
import { trendSection } from '../replay/trend/section.ts';
import { controlsSection } from './controls.ts';
import { findingsSection } from './findings.ts';
import { flipsSection } from './flips.ts';
import { gapsSection } from './gaps.ts';
import { header } from './header.ts';
import { latencySection } from './latency.ts';
import { outcomesSection } from './outcomes.ts';
import { policiesSection } from './policies.ts';
import { problemsSection } from './problems.ts';
import { panelCss } from './style.ts';
import { toolsSection } from './tools.ts';

export interface PanelOptions {
  /** Calls whose outcome differs from base: the first ones, and how many there are. */
  readonly flips?: { readonly base: string; readonly total: number; readonly calls: readonly CallEntry[] };
}

/** What an editor's panel shows. */
export interface Panel {
  /** For the one `<style>` of the page. */
  readonly css: string;
  /** What stands inside the page's `<main>`. */
  readonly body: string;
}

/**
 * The report for a panel of the editor: VS Code's theme variables, no scripts, no `style` attributes, nothing remote. Links
 * with `data-file` (path in the workspace), `data-line` and `data-column` (from 1) open that place; with `data-call` (an
 * id), that call.
 */
export function panelHtml(report: ReplayReport, options: PanelOptions = {}): Panel {
  const sections = [
    outcomesSection(report),
    flipsSection(options.flips),
    findingsSection(report),
    policiesSection(report),
    controlsSection(report),
    toolsSection(report),
    latencySection(report),
    trendSection(report),
    gapsSection(report),
    problemsSection(report),
  ].filter((section): section is Section => section !== undefined);
  return { css: panelCss, body: page(header(report), sections).text };
}

function page(head: Markup, sections: readonly Section[]): Markup {
  return html`<a class="skip" href="#report-parts">Skip to the report</a>
${head}
${contents(sections)}
<div id="report-parts" tabindex="-1">
${sections.map(
  (section) => html`${sectionMarkup(section)}
`,
)}</div>
`;
}
