import type { ConditionReport, PolicyReport, ReplayReport } from '@benchbook/model';
import { count, counted, percent } from '../format/numbers.ts';
import { html, type Markup } from '../html/markup.ts';
import type { Section } from '../html/section.ts';
import { bar } from './bar.ts';
import { conditionTable, seenBoth } from './conditions.ts';
import { code } from './links.ts';
import { policyLink } from './policy-link.ts';

/** What calls exercise of each policy, those that nothing exercises first. */
export function policiesSection(report: ReplayReport): Section {
  const { policies, helpers, coverage, summary } = report;
  const never = policies.filter((policy) => policy.applied === 0);
  const exercised = policies.filter((policy) => policy.applied > 0);
  const { covered, total } = coverage.policies;
  return {
    id: 'policies',
    title: 'Policies',
    badge: `${count(covered)}/${count(total)}`,
    body: html`${
      policies.length === 0
        ? html`<p>There are none.</p>`
        : html`<p class="key"><span class="k-determined">determined the outcome</span><span class="k-applied">applied, others decided</span><span class="k-silent">reached, did not apply</span></p>`
    }
${group('Never exercised', never, summary.calls)}
${group('Exercised', exercised, summary.calls)}
${
  helpers.length > 0 &&
  html`<h3>Shared conditions</h3>
${helpers.map(
  ({
    file,
    conditions,
  }) => html`<details class="item"><summary>${code(file)} <small>${both(conditions)}</small></summary>${conditionTable(file, conditions)}</details>
`,
)}`
}`,
  };
}

function group(title: string, policies: readonly PolicyReport[], calls: number): Markup | false {
  return (
    policies.length > 0 &&
    html`<h3>${title} <span class="badge">${count(policies.length)}</span></h3>
<ul class="items">${policies.map(
      (policy) => html`<li>${item(policy, calls)}</li>
`,
    )}</ul>`
  );
}

function item(policy: PolicyReport, calls: number): Markup {
  const { applied, silent, errors, conditions, mode } = policy;
  const determined = mode === 'audit' ? policy.wouldDetermine : policy.determined;
  const parts = [
    { kind: 'determined', value: determined },
    { kind: 'applied', value: Math.max(0, applied - determined) },
    { kind: 'erred', value: errors },
    { kind: 'silent', value: silent },
  ];
  return html`<div class="policy${applied === 0 && ' never'}"><span class="name">${policyLink(policy)} <small>${policy.effect ?? 'computed'}${mode === 'audit' && ', audit'}</small></span>
${bar(parts, calls)}
<span class="told">${
    applied === 0
      ? html`<strong class="warn">never exercised</strong>`
      : html`applied to <b>${count(applied)}</b> (${percent(applied, calls)})`
  }, ${mode === 'audit' ? 'would determine' : 'determined'} ${count(determined)}, did not apply to ${count(silent)}${
    errors > 0 && html`, <strong class="bad">erred on ${count(errors)}</strong>`
  }</span>
${
  conditions.length > 0 &&
  html`<details><summary>${both(conditions)}</summary>${conditionTable(policy.file, conditions)}</details>`
}</div>`;
}

function both(conditions: readonly ConditionReport[]): string {
  return `${count(conditions.filter(seenBoth).length)} of ${counted(conditions.length, 'condition')} seen true and false`;
}
