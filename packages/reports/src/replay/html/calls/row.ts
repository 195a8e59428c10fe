import { html, type Markup } from '../../../html/markup.ts';
import { outcomeBadge } from '../../../html/outcome.ts';
import type { CallView, NamedPolicy } from './decode.ts';

/** UTF-16 units of a reason that stand beside the policies. */
const REASON = 120;

/** A call as an entry that opens: who decided, why, on what. The same here and in the browser. */
export function callRow(call: CallView): Markup {
  return html`<li id="c${call.index}"><details><summary><span class="c-outcome">${outcomeBadge(call.outcome)}</span><code class="c-id">${call.id}</code><code class="c-tool">${call.tool}</code><span class="c-why">${why(call)}</span><span class="c-flags">${flags(call)}</span></summary>
<dl>${entries(call).map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></details></li>
`;
}

function why(call: CallView): Markup | string {
  if (call.determining.length === 0)
    return html`<i>${call.basis === 'failed' ? 'failed' : 'no policy applied'}</i>`;
  const names = call.determining.map(({ id }) => id.slice(id.indexOf('#') + 1)).join(', ');
  const [reason] = call.reasons;
  return reason === undefined ? names : html`${names} <small>${shortened(reason)}</small>`;
}

function shortened(text: string): string {
  return text.length > REASON ? `${text.slice(0, REASON).trimEnd()}…` : text;
}

function flags(call: CallView): readonly Markup[] {
  const wouldChange = call.wouldBe !== call.outcome;
  const missed = call.expect !== null && call.expect !== call.outcome;
  return [
    ...(missed ? [html`<span class="flag bad">✕ expected ${call.expect}</span>`] : []),
    ...(call.expect !== null && !missed ? [html`<span class="flag good">✓ as expected</span>`] : []),
    ...(call.errors.length > 0 ? [html`<span class="flag bad">! error</span>`] : []),
    ...(call.missing.length > 0 ? [html`<span class="flag warn">? missing fact</span>`] : []),
    ...(wouldChange ? [html`<span class="flag">audit: ${call.wouldBe}</span>`] : []),
  ];
}

function entries(call: CallView): readonly (readonly [string, Markup | readonly Markup[] | string])[] {
  const list = (items: readonly string[]) => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  return [
    ['outcome', html`${outcomeBadge(call.outcome)}, ${call.basis}`],
    ...(call.expect === null ? [] : [['expected', outcomeBadge(call.expect)] as const]),
    ...(call.wouldBe === call.outcome
      ? []
      : [['with audit policies', html`it would be ${outcomeBadge(call.wouldBe)}`] as const]),
    ...(call.determining.length === 0
      ? []
      : [
          [
            'determined by',
            html`<ul>${call.determining.map((one) => html`<li>${named(one)}</li>`)}</ul>`,
          ] as const,
        ]),
    ...(call.reasons.length === 0 ? [] : [['reasons', list(call.reasons)] as const]),
    ...(call.errors.length === 0
      ? []
      : [
          [
            'errors',
            html`<ul>${call.errors.map(
              (one) =>
                html`<li class="bad">! ${one.policy ?? 'the whole set'} (${one.kind}): ${one.message}</li>`,
            )}</ul>`,
          ] as const,
        ]),
    ...(call.missing.length === 0 ? [] : [['missing facts', list(call.missing)] as const]),
    ...(call.obligations.length === 0 ? [] : [['obligations', list(call.obligations)] as const]),
    ...(call.conditions.length === 0 ? [] : [['conditions', conditions(call)] as const]),
    ['session', html`<code>${call.session}</code>${call.afterDivergence && ', after its first divergence'}`],
    ['recorded in', html`<code>${call.source}</code>`],
  ];
}

function named(policy: NamedPolicy): Markup {
  const code = html`<code>${policy.id}</code>`;
  return policy.anchor === '' ? code : html`<a href="#${policy.anchor}">${code}</a>`;
}

function conditions(call: CallView): Markup {
  const signs = { true: '✓', false: '✕', error: '!', unreached: '○' };
  return html`<ul class="conditions">${call.conditions.map((one) => {
    const place = one.anchor === '' ? one.place : html`<a href="#${one.anchor}">${one.place}</a>`;
    return html`<li class="${one.whole && 'whole'}"><span class="state ${one.state}"><span aria-hidden="true">${
      signs[one.state]
    }</span> ${one.state}</span> <code>${one.text}</code> <small>${place}</small></li>`;
  })}</ul>`;
}
