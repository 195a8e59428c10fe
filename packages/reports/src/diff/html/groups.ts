import type { Affected, DiffReport, FlipGroup } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import type { Section } from '../../html/section.ts';
import { arrow, isFeared, kindCounts, kindList, kindWords, newlyAllowed } from '../kinds.ts';
import { changeMarkup } from './change.ts';

/** Groups that the page holds. */
export const GROUPS = 500;
/** Calls and names that each tells. */
const NAMES = 20;
/** Groups that are open from the start. */
const OPEN = 3;

/** Flips by kind, then by the policy and the condition that made the difference. */
export function groupsSection(report: DiffReport): Section {
  const { groups, summary } = report;
  const rest = groups.length - GROUPS;
  const first = counted(summary.firstDivergences, 'session');
  return {
    id: 'because',
    title: 'What flips, because of what',
    badge: count(summary.flips),
    body:
      summary.flips === 0
        ? html`<p>Nothing flips.</p>`
        : html`<ul class="kinds">${kindCounts(summary.byKind).map(
            ({ kind, flips }) =>
              html`<li${isFeared(kind) && html` class="feared"`}><b>${count(flips)}</b><span>${isFeared(kind) && '! '}${visible(arrow(kind))}</span><span>${kindWords(kind)}</span></li>`,
          )}</ul>
<p class="aside-note">First divergences: ${first}, of ${counted(summary.flips, 'flip')}. What follows the first flip of a session might not have happened so.</p>
${groups.slice(0, GROUPS).map((group, index) => groupMarkup(report, group, index))}${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`,
  };
}

function groupMarkup(report: DiffReport, group: FlipGroup, index: number): Markup {
  const allowed = newlyAllowed(group.byKind);
  const changes = report.policies.find((one) => one.id === group.policy)?.conditions ?? [];
  return html`<details class="group${allowed > 0 && ' feared'}" id="g${index}"${index < OPEN && html` open`}><summary><code>${visible(group.policy)}</code> <small>${group.change}</small> <span class="badge">${counted(group.flips, 'flip')}</span>${
    allowed > 0 && html` <span class="flag bad">! ${count(allowed)} newly allowed</span>`
  }</summary>
${changes.map(changeMarkup)}
<ul>${group.conditions.map(condition)}</ul>
<dl class="whom">${[
    affected('agents', group.agents),
    affected('users', group.users),
    affected('tools', group.tools),
  ]}</dl></details>
`;
}

function condition(one: FlipGroup['conditions'][number]): Markup {
  const shown = one.calls.slice(0, NAMES);
  const rest = one.flips - shown.length;
  const calls = shown.map((call, index) => html`${index > 0 && ', '}<code>${visible(call)}</code>`);
  return html`<li>${
    one.because === null ? 'No condition of it can be named' : html`because ${prose(one.because)}`
  }: ${visible(kindList(one.byKind))}<br><small>${calls}${rest > 0 && ` … ${count(rest)} more`}</small></li>`;
}

function affected(what: string, all: readonly Affected[]): Markup | false {
  if (all.length === 0) return false;
  const shown = all.slice(0, NAMES);
  const rest = all.length - shown.length;
  return html`<dt>${what}</dt><dd>${shown.map(
    ({ name, flips }, index) => html`${index > 0 && ', '}<code>${visible(name)}</code> ${count(flips)}`,
  )}${rest > 0 && ` … ${count(rest)} more`}</dd>`;
}
