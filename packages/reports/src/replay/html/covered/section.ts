import { count } from '../../../format/numbers.ts';
import { html, type Markup } from '../../../html/markup.ts';
import type { Section } from '../../../html/section.ts';
import { ratioBar } from '../charts/ratio-bar.ts';
import type { Context } from '../context.ts';
import { type Seen, seenBadge, seenSigns } from './condition.ts';
import { fileCoverage } from './file.ts';

/** What the recorded calls exercised, file by file. */
export function coverageSection(context: Context): Section {
  const { policies, conditions } = context.report.coverage;
  return {
    id: 'coverage',
    title: 'Coverage',
    badge: `${count(conditions.covered)}/${count(conditions.total)}`,
    body:
      context.files.length === 0
        ? html`<p>No policy file.</p>`
        : html`<p class="lead">${ratioBar('policies that applied', policies.covered, policies.total)} ${ratioBar(
            'conditions seen true and false',
            conditions.covered,
            conditions.total,
          )}</p>
${legend()}
${context.files.map(
  (file) => html`${fileCoverage(context, file)}
`,
)}`,
  };
}

function legend(): Markup {
  const entries = Object.entries(seenSigns) as [Seen, { words: string }][];
  return html`<ul class="legend" aria-label="Signs">${entries.map(
    ([seen, { words }]) => html`<li>${seenBadge(seen)} ${words}</li>`,
  )}</ul>
<p class="aside-note">A condition is an operand of <code>&amp;&amp;</code>, <code>||</code> or a conditional, or an
expression of a rule’s body. It is counted in calls; the small number in the source leads to the count beside the line.
In front of a line stands the number of calls that got there: a <b class="bad">0</b> with a double bar is a line that none did.</p>`;
}
