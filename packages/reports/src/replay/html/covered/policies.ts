import type { PolicyReport } from '@benchbook/model';
import { count, counted } from '../../../format/numbers.ts';
import { visible } from '../../../format/visible.ts';
import { html, type Markup } from '../../../html/markup.ts';
import { table } from '../../../html/table.ts';
import type { Context } from '../context.ts';
import { seen } from './condition.ts';

const columns = [
  { title: 'policy' },
  { title: 'effect' },
  { title: 'mode' },
  { title: 'applied', figures: true },
  { title: 'silent', figures: true },
  { title: 'determined', figures: true },
  { title: 'errors', figures: true },
  { title: 'conditions', figures: true },
  { title: 'controls' },
];

/** The policies of one file with their figures. `anchored`: links to a policy lead here, for want of a source. */
export function policyTable(
  context: Context,
  file: string,
  policies: readonly PolicyReport[],
  anchored: boolean,
): Markup {
  const rows = policies.map((policy) => {
    const anchor = context.policyAnchor(policy.id);
    const name = html`<code>${visible(policy.id.slice(file.length + 1))}</code>`;
    const covered = policy.conditions.filter((one) => one.true > 0 && one.false > 0).length;
    return {
      id: anchored ? anchor : undefined,
      cells: [
        anchored ? name : html`<a href="#${anchor}">${name}</a>`,
        policy.effect ?? 'computed',
        policy.mode,
        policy.applied === 0 ? html`<strong class="warn">never</strong>` : count(policy.applied),
        count(policy.silent),
        policy.mode === 'audit' ? `(${count(policy.wouldDetermine)})` : count(policy.determined),
        policy.errors === 0 ? '0' : html`<strong class="bad">! ${count(policy.errors)}</strong>`,
        policy.conditions.length === 0 ? '-' : `${count(covered)} / ${count(policy.conditions.length)}`,
        controls(policy),
      ],
    };
  });
  return html`<div class="scroll">${table(`Policies of ${visible(file)}`, columns, rows)}</div>${
    policies.some((policy) => policy.mode === 'audit') &&
    html`<p class="aside-note">In brackets: what an audit policy would have determined, had it been enforced.</p>`
  }`;
}

/** A policy's figures in a few words. */
export function policyFigures(policy: PolicyReport): Markup {
  const { applied, silent, errors, conditions } = policy;
  const open = conditions.filter((one) => seen(one) !== 'both').length;
  const audit = policy.mode === 'audit';
  return html`<span>${policy.effect ?? 'computed'}${audit && ', audit'}</span><span>${
    applied === 0 ? html`<strong class="warn">never applied</strong>` : `applied ${count(applied)}`
  }</span><span>silent ${count(silent)}</span><span>${
    audit ? `would determine ${count(policy.wouldDetermine)}` : `determined ${count(policy.determined)}`
  }</span>${errors > 0 && html`<span><strong class="bad">! ${counted(errors, 'error')}</strong></span>`}${
    open > 0 && html`<span>${counted(open, 'condition')} not seen on both sides</span>`
  }${policy.controls.length > 0 && html`<span class="refs">${controls(policy)}</span>`}`;
}

function controls(policy: PolicyReport): readonly Markup[] {
  return policy.controls.map((ref) => html`<span class="ref">${visible(ref)}</span> `);
}
