import type { ControlReport, ReplayReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { html, type Markup } from '../html/markup.ts';
import { prose } from '../html/prose.ts';
import type { Section } from '../html/section.ts';
import { type Row, table } from '../html/table.ts';
import { bar } from './bar.ts';
import { scrolling } from './figures.ts';
import { code } from './links.ts';
import { policyLinks } from './policy-link.ts';

const columns = ['provision', 'grade', 'evidence', 'policies'].map((title) => ({ title }));

/** Which provision each policy serves, and what of it the recordings show. */
export function controlsSection(report: ReplayReport): Section {
  const { controls, unexecuted } = report;
  const inside = controls.filter((control) => control.folded === null);
  const link = policyLinks(report);
  const frameworks = new Map<string, ControlReport[]>();
  for (const control of controls) {
    const key = JSON.stringify([control.framework, control.edition]);
    const list = frameworks.get(key);
    if (list) list.push(control);
    else frameworks.set(key, [control]);
  }
  return {
    id: 'controls',
    title: 'Controls',
    badge: `${count(inside.filter((control) => control.evidenced).length)}/${count(inside.length)}`,
    body: html`${controls.length === 0 && html`<p>No policy is mapped to a provision.</p>`}${[...frameworks.values()].map((list) => framework(list, link))}
${
  unexecuted.length > 0 &&
  html`<details class="item" open><summary>${counted(unexecuted.length, 'clause')} of the company that no policy executes</summary>
<ul>${unexecuted.map(({ ref, title }) => html`<li>${code(ref)} ${visible(title)}</li>`)}</ul></details>`
}`,
  };
}

function framework(controls: readonly ControlReport[], link: (id: string) => Markup): Markup {
  const { frameworkTitle, framework: id, edition } = controls[0]!;
  const inside = controls.filter((control) => control.folded === null);
  const folded = controls.filter((control) => control.folded !== null);
  const evidenced = inside.filter((control) => control.evidenced).length;
  const name = visible(frameworkTitle || id);
  const titled = (list: readonly ControlReport[], caption: string) =>
    scrolling(
      caption,
      table(
        caption,
        columns,
        list.map((control) => row(control, link)),
      ),
    );
  return html`<h3>${name} <small>${code(edition === null ? id : `${id}@${edition}`)}</small></h3>
${
  inside.length > 0 &&
  html`<div class="share">${bar([{ kind: 'good', value: evidenced }], inside.length)} <span>${count(evidenced)} of ${counted(inside.length, 'provision')} evidenced</span></div>
${titled(inside, `Provisions of ${name}`)}`
}
${
  folded.length > 0 &&
  html`<details class="item"><summary>${counted(folded.length, 'provision')} outside the profile</summary>${titled(folded, `Provisions of ${name} outside the profile`)}</details>`
}
`;
}

function row(control: ControlReport, link: (id: string) => Markup): Row {
  const { id, title, grade, folded, evidenced, missing, policies, applied, silent, determined } = control;
  return {
    cells: [
      html`<b>${visible(id)}</b> ${title === '' ? html`<i>not in the catalogs</i>` : visible(title)}${folded !== null && html`<br><small>${visible(folded)}</small>`}`,
      grade === 'unknown' ? '–' : grade,
      html`<span class="${evidenced ? 'good' : 'warn'}">${evidenced ? '✓ evidenced' : '✕ not yet'}</span><br><small>determined ${count(determined)}, applied ${count(applied)}, did not apply to ${count(silent)}</small>${
        missing.length > 0 &&
        html`<ul class="missing">${missing.map((one) => html`<li>${prose(one)}</li>`)}</ul>`
      }`,
      html`<ul class="plain">${policies.map((one) => html`<li>${link(one)}</li>`)}</ul>`,
    ],
  };
}
