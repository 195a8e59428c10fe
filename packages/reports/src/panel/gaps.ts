import type { GapCode, GapReport, ReplayReport } from '@benchbook/model';
import { count } from '../format/numbers.ts';
import { html, type Markup } from '../html/markup.ts';
import { prose } from '../html/prose.ts';
import type { Section } from '../html/section.ts';
import { titles } from '../replay/html/gaps.ts';
import { placeLink } from './links.ts';
import { policyLinks } from './policy-link.ts';

/** Entries of one group beyond which it starts folded. */
const UNFOLDED = 8;

/** What the recordings show of the policies that may be worth a change. */
export function gapsSection(report: ReplayReport): Section {
  const { gaps } = report;
  const link = policyLinks(report);
  const groups = (Object.keys(titles) as GapCode[]).map((code) => ({
    title: titles[code],
    gaps: gaps.filter((gap) => gap.code === code),
  }));
  return {
    id: 'gaps',
    title: 'Gaps',
    badge: count(gaps.length),
    body:
      gaps.length === 0
        ? html`<p>None seen in these recordings.</p>`
        : html`<p class="note">Seen in these recordings, never proved: other calls may show otherwise.</p>
${groups.filter((group) => group.gaps.length > 0).map((group) => gapGroup(group.title, group.gaps, link))}`,
  };
}

function gapGroup(title: string, gaps: readonly GapReport[], link: (id: string) => Markup): Markup {
  return html`<details class="item"${gaps.length <= UNFOLDED && html` open`}><summary>${title} <span class="badge">${count(gaps.length)}</span></summary>
<ul>${gaps.map(
    ({ message, policy, file, range }) =>
      html`<li>${prose(message)} ${policy !== undefined && link(policy)} ${file !== undefined && (policy === undefined || range !== undefined) && html`<small>${placeLink(file, range)}</small>`}</li>`,
  )}</ul></details>
`;
}
