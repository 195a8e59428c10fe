import type { ReplayReport } from '@benchbook/model';
import { count, counted, percent } from '../format/numbers.ts';
import { html, type Markup } from '../html/markup.ts';
import { figures } from './figures.ts';

/** What the reader should know first: the verdict, the figures, and what the report is not. */
export function header(report: ReplayReport): Markup {
  const { summary, coverage, recordings, findings, controls } = report;
  const inside = controls.filter((control) => control.folded === null);
  const evidenced = inside.filter((control) => control.evidenced).length;
  const stopped = summary.calls - summary.outcomes.allow;
  return html`<header>
<h1>Replay of recorded calls</h1>
<p>${counted(summary.calls, 'call')} in ${counted(summary.sessions, 'session')} of ${counted(
    recordings.length,
    'recording',
  )}, decided by ${counted(report.policies.length, 'policy', 'policies')}.</p>
<p class="verdict ${findings.length === 0 ? 'good' : 'bad'}">${
    findings.length === 0
      ? '✓ No expectation and no threshold is missed.'
      : html`<a href="#findings">✕ ${counted(findings.length, 'finding')}</a>`
  }</p>
${figures([
  { title: 'not allowed', value: count(stopped), note: `${percent(stopped, summary.calls)} of calls` },
  share('policies exercised', coverage.policies.covered, coverage.policies.total),
  share('conditions seen true and false', coverage.conditions.covered, coverage.conditions.total),
  share('provisions evidenced', evidenced, inside.length),
  {
    title: 'calls with errors',
    value: count(summary.withErrors),
    note: `${count(summary.unreadable)} unreadable`,
  },
])}
<p class="note">It shows what recorded calls exercise of these policies. It proves nothing about other calls and is no statement of compliance.</p>
</header>`;
}

function share(title: string, part: number, total: number) {
  if (total === 0) return { title, value: '–', note: 'there are none' };
  return {
    title,
    value: html`${count(part)}<span class="of"> / ${count(total)}</span>`,
    note: percent(part, total),
  };
}
