import type { GapCode, GapReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { html, type Markup } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import type { Section } from '../../html/section.ts';
import { type Context, codeLink, placeLink } from './context.ts';

/** What a kind of gap is called above its list, in the order of the lists. */
export const titles: { readonly [code in GapCode]: string } = {
  'policy-never-applies': 'Policies that never apply',
  'condition-never-true': 'Conditions that were never true',
  'condition-never-false': 'Conditions that were never false',
  'policy-shadowed': 'Policies always shadowed by another',
  'permit-not-needed': 'Permits that no recorded call needs',
  'tool-not-mentioned': 'Tools that agents used and no policy mentions',
  'tool-not-used': 'Tools that are granted and never used',
  ALLOW_ALL: 'ALLOW_ALL: all that was tried is allowed',
  ALLOW_NONE: 'ALLOW_NONE: nothing that was tried is allowed',
  DENY_ALL: 'DENY_ALL: all that was tried is denied',
  DENY_NONE: 'DENY_NONE: nothing that was tried is denied',
};

/** Entries of one group beyond which it starts folded. */
const UNFOLDED = 8;

/** What the recordings show of the policies that may be worth a change. */
export function gapsSection(context: Context): Section {
  const { gaps } = context.report;
  const codes = Object.keys(titles) as GapCode[];
  const groups = codes.map((code) => ({ code, gaps: gaps.filter((gap) => gap.code === code) }));
  return {
    id: 'gaps',
    title: 'Gaps',
    badge: count(gaps.length),
    body:
      gaps.length === 0
        ? html`<p>None seen in these recordings.</p>`
        : html`<p class="aside-note">Seen in these recordings, never proved: other calls may show otherwise.</p>
${groups.map((group) => group.gaps.length > 0 && gapGroup(context, titles[group.code], group.gaps))}`,
  };
}

function gapGroup(context: Context, title: string, gaps: readonly GapReport[]): Markup {
  return html`<details class="group"${gaps.length <= UNFOLDED && html` open`}><summary>${title} <span class="badge">${count(gaps.length)}</span></summary>
<ul class="gaps">${gaps.map((gap) => html`<li>${prose(gap.message)} ${about(context, gap)}</li>`)}</ul></details>
`;
}

/** The policy and the place that a gap is about, and how often its tool was called. */
function about(context: Context, gap: GapReport): Markup {
  const { policy, file, range, tool } = gap;
  const calls = context.report.tools.find((one) => one.name === tool)?.calls ?? 0;
  return html`${
    policy !== undefined &&
    html`<span class="about">${codeLink(policy.slice(policy.indexOf('#') + 1), context.policyAnchor(policy))}</span> `
  }${file !== undefined && (policy === undefined || range !== undefined) && html`<small>${placeLink(context, file, range)}</small>`}${
    policy === undefined && calls > 0 && html`<small>${counted(calls, 'call')}</small>`
  }`;
}
