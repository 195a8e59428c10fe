/**
 * The panel's style. Colours are the theme's alone, so that light, dark and high contrast themes each show their own; text
 * keeps the theme's text colours, and a hue never says anything that no word says.
 */
export const panelCss = `
:root {
  --soft: var(--vscode-descriptionForeground, var(--vscode-foreground));
  --line: var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border, currentColor)));
  --link: var(--vscode-textLink-foreground);
  --mono: var(--vscode-editor-font-family, monospace);
  --allow: var(--vscode-charts-green);
  --deny: var(--vscode-charts-red);
  --escalate: var(--vscode-charts-yellow);
  --indeterminate: var(--vscode-charts-purple);
  --main: var(--vscode-charts-blue);
  --bad: var(--vscode-errorForeground, var(--vscode-charts-red));
}

* { box-sizing: border-box; }
html { scroll-padding-top: 0.5rem; }

body {
  margin: 0 auto;
  padding: 1rem clamp(0.75rem, 3vw, 2rem) 3rem;
  max-width: 90rem;
  background: var(--vscode-editor-background);
  color: var(--vscode-foreground);
  font-family: var(--vscode-font-family, system-ui, sans-serif);
  font-size: var(--vscode-font-size, 13px);
  line-height: 1.5;
}

h1, h2, h3 { margin: 0 0 0.4rem; font-weight: 600; line-height: 1.3; }
h1 { font-size: 1.6em; }
h2 { margin-top: 2rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); font-size: 1.3em; }
h3 { margin-top: 1.2rem; font-size: 1.05em; }
p { margin: 0.3rem 0 0.7rem; max-width: 80ch; }
ul { margin: 0.3rem 0; padding-left: 1.3rem; }
small { color: var(--soft); font-size: 0.92em; font-weight: normal; }
code { background: none; color: inherit; font-family: var(--mono); font-size: 0.95em; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: underline; text-underline-offset: 0.15em; }
a:hover { color: var(--vscode-textLink-activeForeground, var(--link)); }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
#report-parts:focus { outline: none; }

.skip { position: absolute; left: 0.5rem; top: -4rem; padding: 0.3rem 0.6rem; background: var(--vscode-editor-background); }
.skip:focus { top: 0.5rem; }
.note { color: var(--soft); }
.badge {
  padding: 0.05rem 0.45rem;
  border-radius: 0.8rem;
  background: var(--vscode-badge-background);
  color: var(--vscode-badge-foreground);
  font-size: 0.85em;
  font-weight: normal;
  white-space: nowrap;
}

.verdict { padding-left: 0.6rem; border-left: 3px solid var(--allow); font-weight: 600; }
.verdict.bad { border-color: var(--bad); }
strong.bad, span.bad, .warn { font-weight: 600; text-decoration: underline 2px var(--bad); text-underline-offset: 0.2em; }
.warn { text-decoration-color: var(--vscode-editorWarning-foreground, var(--escalate)); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.6rem; margin: 0.8rem 0; }
.figures > div { padding: 0.5rem 0.7rem; border: 1px solid var(--line); border-radius: 4px; }
.figures dt { color: var(--soft); }
.figures dd { margin: 0; font-size: 1.5em; font-variant-numeric: tabular-nums; }
.figures .of { font-size: 0.7em; }
.figures small { display: block; font-size: 0.6em; }

.contents ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin: 0.8rem 0 0; padding: 0; list-style: none; }

.outcome { font-weight: 600; white-space: nowrap; }
.outcome > span { display: inline-block; width: 1.2em; text-align: center; font-weight: 700; }
.outcome.allow > span { color: var(--allow); }
.outcome.deny > span { color: var(--deny); }
.outcome.escalate > span { color: var(--escalate); }
.outcome.indeterminate > span { color: var(--indeterminate); }
.outcomes { display: flex; flex-wrap: wrap; gap: 0.2rem 1.8rem; padding: 0; list-style: none; }

svg { display: block; }
.bar { width: 100%; height: 0.6rem; border-radius: 2px; }
#outcomes > .bar { height: 1.1rem; }
.ground { fill: var(--vscode-foreground); fill-opacity: 0.12; }
rect.allow { fill: var(--allow); }
rect.deny { fill: var(--deny); }
rect.escalate { fill: var(--escalate); }
rect.indeterminate { fill: var(--indeterminate); }
rect.good { fill: var(--allow); }
rect.determined, rect.is-true { fill: var(--main); }
rect.applied { fill: var(--main); fill-opacity: 0.5; }
rect.silent { fill: var(--vscode-foreground); fill-opacity: 0.35; }
rect.is-false { fill: var(--indeterminate); }
rect.erred, rect.is-error { fill: var(--deny); }

.items { padding: 0; list-style: none; }
.items > li { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.policy { display: grid; grid-template-columns: minmax(9rem, 18rem) minmax(5rem, 1fr) minmax(12rem, 26rem); gap: 0.2rem 1rem; align-items: center; }
.policy > details { grid-column: 1 / -1; min-width: 0; }
.policy.never .name { font-style: italic; }
.share { display: grid; grid-template-columns: minmax(6rem, 16rem) auto; gap: 0.8rem; align-items: center; justify-content: start; }
details > summary { width: fit-content; cursor: pointer; }
.item { margin: 0.6rem 0; }
.item > summary { font-weight: 600; }

.key { display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
.key > span::before { content: "■"; margin-right: 0.35rem; color: var(--main); }
.key .k-applied::before { opacity: 0.5; }
.key .k-silent::before { color: var(--vscode-foreground); opacity: 0.35; }
.key .k-p50::before { content: "●"; color: var(--allow); }
.key .k-p99::before { content: "◆"; color: var(--escalate); }
.key .k-max::before { content: "▲"; color: var(--deny); }
.key .k-floor::before { content: "┊"; color: var(--soft); }

.scroll { overflow-x: auto; }
table { width: 100%; margin: 0.4rem 0; border-collapse: collapse; }
caption.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th { color: var(--soft); font-weight: 600; text-align: left; white-space: nowrap; }
th, td { padding: 0.3rem 0.7rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.num { text-align: right; font-variant-numeric: tabular-nums; }
td > div:has(> .bar) { min-width: 7rem; padding-top: 0.4rem; }
.plain { margin: 0; padding: 0; list-style: none; }
.missing { margin: 0.2rem 0 0; padding-left: 1.1rem; }
.operand { color: var(--soft); }

figure { margin: 0.6rem 0; }
.percentiles { width: 100%; min-width: 30rem; max-width: 56rem; }
.percentiles text { fill: var(--soft); font-size: 13px; }
.percentiles .tick { text-anchor: middle; }
.percentiles .name { fill: var(--vscode-foreground); text-anchor: end; }
.percentiles .grid { stroke: var(--vscode-foreground); stroke-opacity: 0.15; }
.percentiles .reach { stroke: var(--vscode-foreground); stroke-opacity: 0.6; }
.percentiles line.floor { stroke: var(--vscode-foreground); stroke-dasharray: 2 4; }
.percentiles path { stroke: var(--vscode-editor-background); stroke-width: 1.5; }
.percentiles path.p50 { fill: var(--allow); }
.percentiles path.p95 { fill: var(--main); }
.percentiles path.p99 { fill: var(--escalate); }
.percentiles path.max { fill: var(--deny); }

.trend-chart { width: 100%; min-width: 30rem; max-width: 56rem; }
.trend-chart text { fill: var(--soft); font-size: 13px; }
.trend-chart .end { text-anchor: end; }
.trend-chart .grid { stroke: var(--vscode-foreground); stroke-opacity: 0.15; }
.trend-chart .line { fill: none; stroke: var(--point); stroke-width: 1.5; }
.trend-chart circle { fill: var(--point); }
.trend-chart .allow, .t-allow { --point: var(--allow); }
.trend-chart .deny, .t-deny { --point: var(--deny); }
.trend-chart .escalate, .t-escalate { --point: var(--escalate); }
.trend-chart .indeterminate, .t-indeterminate { --point: var(--indeterminate); }
.trend-chart .policies, .t-policies, .trend-chart .p99, .t-p99 { --point: var(--main); }
.trend-chart .conditions, .t-conditions { --point: var(--indeterminate); }
.trend-chart .line.deny, .trend-chart .line.conditions { stroke-dasharray: 8 4; }
.trend-chart .line.escalate { stroke-dasharray: 2 4; }
.trend-chart .line.indeterminate { stroke-dasharray: 10 4 2 4; }
.trend-key { display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
.trend-key > span::before { content: "──"; margin-right: 0.35rem; color: var(--point); }
.trend-key > .t-deny::before, .trend-key > .t-conditions::before { content: "╌╌"; }
.trend-key > .t-escalate::before { content: "┄┄"; }
.trend-key > .t-indeterminate::before { content: "─┄"; }

@media (max-width: 44rem) {
  .policy { grid-template-columns: minmax(0, 1fr); }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { display: block; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  .cards td { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.6rem; padding: 0.1rem 0; border: 0; text-align: left; }
  .cards td::before { content: attr(data-label); color: var(--soft); }
}
`;
