import type { DiffReport } from '@benchbook/model';
import { count, counted, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup, type Part } from '../../html/markup.ts';
import { newlyAllowed } from '../kinds.ts';
import { ratio } from '../latency-sentence.ts';
import { unapproved, verdictOf } from '../verdict.ts';

/** What the reader should know first: the verdict, the figures, and what the report is not. */
export function header(report: DiffReport): Markup {
  const { summary, recordings } = report;
  const { sentence, bad } = verdictOf(report);
  return html`<header>
<h1>Benchbook diff</h1>
<p class="subtitle">Against <code>${visible(report.base)}</code>: ${counted(summary.calls, 'call')} in ${counted(
    summary.sessions,
    'session',
  )} from ${counted(recordings.length, 'recording')}.</p>
<p class="verdict ${bad ? 'bad' : 'good'}">${bad ? '✕ ' : '✓ '}${sentence}</p>
<dl class="figures">${figures(report).map(
    ([title, value, note]) => html`<div><dt>${title}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>
<p class="not"><strong>What this report is not.</strong> It shows what the change does to recorded calls. It proves nothing
about calls that were not recorded.</p>
</header>`;
}

function figures(report: DiffReport): readonly (readonly [title: string, value: Part, note: string])[] {
  const { summary, latency, approvals } = report;
  const { affected } = summary;
  return [
    ['newly allowed', count(newlyAllowed(summary.byKind)), 'what reviewers fear'],
    [
      'flips',
      count(summary.flips),
      `${percent(summary.flips, summary.calls)} of calls, ${count(unapproved(report))} unapproved`,
    ],
    ['undecided', count(summary.undecided), 'indeterminate on either side'],
    ['unchanged', count(summary.unchanged), `${percent(summary.unchanged, summary.calls)} of calls`],
    ['sessions that diverge', count(summary.firstDivergences), `of ${count(summary.sessions)}`],
    [
      'affected',
      counted(affected.tools, 'tool'),
      `${counted(affected.agents, 'agent')}, ${counted(affected.users, 'user')}`,
    ],
    ...(summary.withErrors.base + summary.withErrors.head > 0
      ? [
          [
            'calls with errors',
            count(summary.withErrors.head),
            `${count(summary.withErrors.base)} before`,
          ] as const,
        ]
      : []),
    ...(approvals
      ? [['approved', count(summary.approved), `${count(approvals.stale.length)} stale`] as const]
      : []),
    ...(latency
      ? [['p99, now by before', html`${ratio(latency.p99.ratio)} ×`, latency.p99.verdict] as const]
      : []),
  ];
}
