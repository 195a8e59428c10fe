import type { ControlReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import type { Section } from '../../html/section.ts';
import { type Row, table } from '../../html/table.ts';
import { ratioBar } from './charts/ratio-bar.ts';
import { type Context, policyLink } from './context.ts';

const columns = [
  { title: 'provision' },
  { title: 'grade' },
  { title: 'applies from' },
  { title: 'policies' },
  { title: 'determined', figures: true },
  { title: 'both sides exercised' },
  { title: 'evidenced' },
];

/** Which provision each policy serves, and what of it the recordings show. */
export function controlsSection(context: Context): Section {
  const { controls } = context.report;
  const inside = controls.filter((one) => one.folded === null);
  const evidenced = inside.filter((one) => one.evidenced).length;
  const frameworks = new Map<string, ControlReport[]>();
  for (const control of controls) {
    const key = JSON.stringify([control.framework, control.edition]);
    frameworks.set(key, [...(frameworks.get(key) ?? []), control]);
  }
  return {
    id: 'controls',
    title: 'Controls',
    badge: `${count(evidenced)}/${count(inside.length)}`,
    body:
      controls.length === 0
        ? html`<p>No policy is mapped to a provision.</p>${clauses(context)}`
        : html`<p class="aside-note">A provision is <em>evidenced</em> if a policy that serves it is enforced, applied to at least
one recorded call and was reached without applying by another, and its grade is not <code>context</code>. That is no
statement of compliance: grades <code>direct</code> and <code>partial</code> tell how much of a provision a policy can
serve at all.</p>
${[...frameworks.values()].map((one) => framework(context, one))}
${clauses(context)}`,
  };
}

function framework(context: Context, controls: readonly ControlReport[]): Markup {
  const { frameworkTitle, framework: id, edition } = controls[0]!;
  const inside = controls.filter((one) => one.folded === null);
  const folded = controls.filter((one) => one.folded !== null);
  const evidenced = inside.filter((one) => one.evidenced).length;
  const name = visible(frameworkTitle || id);
  return html`<h3>${name} <small><code>${visible(id)}${edition !== null && `@${visible(edition)}`}</code></small></h3>
${
  inside.length > 0 &&
  html`<p>${ratioBar('provisions evidenced', evidenced, inside.length)}</p>
<div class="scroll">${table(
    `Provisions of ${name}`,
    columns,
    inside.map((one) => controlRow(context, one)),
  )}</div>`
}
${
  folded.length > 0 &&
  html`<details class="group"><summary>${counted(folded.length, 'provision')} outside the profile</summary>
<div class="scroll">${table(
    `Provisions of ${name} outside the profile`,
    columns,
    folded.map((one) => controlRow(context, one)),
  )}</div></details>`
}
`;
}

function controlRow(context: Context, control: ControlReport): Row {
  const both = control.applied > 0 && control.silent > 0;
  return {
    cells: [
      html`<b>${visible(control.id)}</b> ${
        control.title === '' ? html`<i>not in the catalogs</i>` : visible(control.title)
      }${control.folded !== null && html`<br><small>${visible(control.folded)}</small>`}`,
      control.grade === 'unknown' ? '–' : control.grade,
      control.appliesFrom === null ? '–' : html`<span class="nowrap">${visible(control.appliesFrom)}</span>`,
      html`<ul class="plain">${control.policies.map((id) => html`<li>${policyLink(context, id)}</li>`)}</ul>`,
      count(control.determined),
      html`<span class="${both ? 'good' : 'warn'}">${both ? '✓ yes' : '✕ no'}</span><br><small>applied ${count(
        control.applied,
      )} / silent ${count(control.silent)}</small>`,
      html`<span class="${control.evidenced ? 'good' : 'warn'}">${control.evidenced ? '✓ yes' : '✕ not yet'}</span>${
        control.missing.length > 0 &&
        html`<ul class="missing">${control.missing.map((one) => html`<li>${prose(one)}</li>`)}</ul>`
      }`,
    ],
  };
}

function clauses({ report }: Context): Markup | false {
  if (report.unexecuted.length === 0) return false;
  const rows = report.unexecuted.map((clause) => ({
    cells: [
      html`<code>${visible(clause.ref)}</code>`,
      visible(clause.title),
      clause.document === undefined ? '–' : visible(clause.document),
      clause.sha256 === undefined ? '–' : html`<code class="digest">${visible(clause.sha256)}</code>`,
    ],
  }));
  const titles = [{ title: 'clause' }, { title: 'title' }, { title: 'document' }, { title: 'sha256' }];
  return html`<h3>${counted(rows.length, 'clause')} of the company that no policy executes</h3>
<div class="scroll">${table('Unexecuted clauses', titles, rows)}</div>`;
}
