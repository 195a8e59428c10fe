import { html, type Markup } from '../../../html/markup.ts';
import { outcomeBadge } from '../../../html/outcome.ts';
import { prose } from '../../../html/prose.ts';
import type { FlipSide, FlipView, NamedPolicy } from './decode.ts';

/** A flip as an entry that opens: what changed, because of what, for whom. The same here and in the browser. */
export function flipRow(flip: FlipView): Markup {
  return html`<li id="x${flip.index}"><details><summary><span class="c-outcome">${arrow(flip)}</span><code class="c-id">${flip.call}</code><code class="c-tool">${flip.tool}</code><span class="c-why">${why(flip)}</span><span class="c-flags">${flags(flip)}</span></summary>
<dl>${entries(flip).map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></details></li>
`;
}

function arrow({ base, head }: FlipView): Markup {
  return html`${outcomeBadge(base.outcome)} → ${outcomeBadge(head.outcome)}`;
}

function why({ because: [first], condition }: FlipView): Markup {
  if (first === undefined) return html`<i>no policy can be named</i>`;
  const name = first.id.slice(first.id.indexOf('#') + 1);
  return condition === null ? html`${name}` : html`${name} <small>${prose(condition)}</small>`;
}

function flags(flip: FlipView): readonly Markup[] {
  return [
    ...(flip.feared ? [html`<span class="flag bad">! newly allowed</span>`] : []),
    ...(flip.approved === null ? [] : [html`<span class="flag good">✓ approved</span>`]),
    ...(flip.head.errors.length > 0 ? [html`<span class="flag bad">! error</span>`] : []),
    ...(flip.afterDivergence ? [html`<span class="flag">after a flip</span>`] : []),
  ];
}

function entries(flip: FlipView): readonly (readonly [string, Markup])[] {
  const { because, condition, agent, user, approved } = flip;
  return [
    ['before', side(flip.base)],
    ['now', side(flip.head)],
    ...(because.length === 0
      ? []
      : [['because of', html`<ul>${because.map((one) => html`<li>${named(one)}</li>`)}</ul>`] as const]),
    ...(condition === null ? [] : [['condition', prose(condition)] as const]),
    ...(agent === null ? [] : [['agent', html`<code>${agent}</code>`] as const]),
    ...(user === null ? [] : [['user', html`<code>${user}</code>`] as const]),
    ...(approved === null ? [] : [['approved', html`${approved}`] as const]),
    [
      'session',
      html`<code>${flip.session}</code>${flip.afterDivergence && ', after its first flip: it might not have happened so'}`,
    ],
    ['recorded in', html`<code>${flip.source}</code>`],
  ];
}

function side({ outcome, determining, reasons, errors }: FlipSide): Markup {
  return html`${outcomeBadge(outcome)}${
    determining.length === 0
      ? ', no policy applied'
      : html` by ${determining.map((one, index) => html`${index > 0 && ', '}${named(one)}`)}`
  }${
    reasons.length + errors.length > 0 &&
    html`<ul>${reasons.map((one) => html`<li>${one}</li>`)}${errors.map((one) => html`<li class="bad">! ${one}</li>`)}</ul>`
  }`;
}

function named({ id, anchor }: NamedPolicy): Markup {
  const code = html`<code>${id}</code>`;
  return anchor === '' ? code : html`<a href="#${anchor}">${code}</a>`;
}
