import type { SimulationReport } from '@benchbook/model';
import { html } from '../html/markup.ts';
import { contents, sectionMarkup } from '../html/section.ts';
import type { Panel } from '../panel/panel.ts';
import { panelCss } from '../panel/style.ts';
import { header } from './html/header.ts';
import { simulationSections } from './html/sections-of.ts';

/** The simulation for a panel of the editor, under the same rules as {@link panelHtml}. */
export function simulationPanel(report: SimulationReport): Panel {
  const body = html`<a class="skip" href="#report-parts">Skip to the report</a>
${header(report)}
${contents(simulationSections(report))}
<div id="report-parts" tabindex="-1">
${simulationSections(report).map(
  (section) => html`${sectionMarkup(section)}
`,
)}</div>
`;
  return { css: `${panelCss}${css}`, body: body.text };
}

/** Beside the panel's own style: the time line, and words with a tone. */
const css = `
.nowrap { white-space: nowrap; }
.subtitle, .missing { color: var(--soft); }
.not { padding-left: 0.6rem; border-left: 3px solid var(--line); color: var(--soft); }
b.bad, b.warn { text-decoration: underline 2px var(--bad); text-underline-offset: 0.2em; }
b.warn { text-decoration-color: var(--vscode-editorWarning-foreground, var(--escalate)); }

.time-line { width: 100%; min-width: 40rem; }
.time-line text { fill: var(--soft); font-size: 12px; }
.time-line .tick { text-anchor: middle; }
.time-line line { stroke: var(--vscode-foreground); stroke-opacity: 0.2; }
.time-line .outage { fill: var(--escalate); fill-opacity: 0.2; stroke: var(--escalate); }
.time-line .tripped { fill: var(--deny); fill-opacity: 0.25; stroke: var(--deny); }
.time-line circle { fill: var(--vscode-foreground); }
.time-line .passed-unvalidated, .time-line .breaker-tripped, .time-line .incident { fill: var(--deny); }
.time-line .review-granted, .time-line .breaker-reset { fill: var(--allow); }
.time-line .review-expired { fill: var(--escalate); }
figure { overflow-x: auto; }
`;
