import type { SimulationReport } from '@benchbook/model';
import { count, counted, percent } from '../../format/numbers.ts';
import { html, type Markup } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import { minutes, verdictOf } from '../words.ts';

/** What the reader should know first: the verdict, the figures, and what the report is not. */
export function header(report: SimulationReport): Markup {
  const { sentence, bad } = verdictOf(report);
  return html`<header>
<h1>Benchbook simulation</h1>
<p class="subtitle">${counted(report.summary.calls, 'call')}; ${prose(report.pdp.description)}.</p>
<p class="verdict ${bad ? 'bad' : 'good'}">${bad ? '✕ ' : '✓ '}${sentence}</p>
<dl class="figures">${figures(report).map(
    ([title, value, note]) => html`<div><dt>${title}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>
<p class="not"><strong>What this report is not.</strong> It plays recorded calls on a virtual clock. What an agent would
have done once a call was stopped is not known.</p>
</header>`;
}

function figures({
  summary,
  breakers,
  reviewMinutes,
}: SimulationReport): readonly (readonly [title: string, value: string, note: string])[] {
  const { calls, permitted, blocked, unvalidated, blockedByFailMode, blockedByBreaker, reviews } = summary;
  const open = breakers.filter(({ reset }) => reset === null).length;
  return [
    ['passed unvalidated', count(unvalidated), `${percent(unvalidated, calls)} of calls`],
    ['permitted', count(permitted), `${percent(permitted, calls)} of calls`],
    ['blocked', count(blocked), `${count(blockedByFailMode)} for want of an answer`],
    [
      'breaker trips',
      count(breakers.length),
      `${count(open)} not reset, ${count(blockedByBreaker)} calls stopped`,
    ],
    [
      'reviews',
      count(reviews.requested),
      `${count(reviews.expired)} ran out${reviewMinutes ? `, p95 ${minutes(reviewMinutes.p95)}` : ''}`,
    ],
    ['incidents', count(summary.incidents), 'same ones counted once'],
  ];
}
