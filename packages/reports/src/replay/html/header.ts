import type { ReplayReport } from '@benchbook/model';
import { count, counted, milliseconds, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup, type Part } from '../../html/markup.ts';

/** What the reader should know first: the verdict, the figures, and what the report is not. */
export function header(report: ReplayReport): Markup {
  const { summary, recordings, period } = report;
  const findings = report.findings.length;
  return html`<header>
<h1>Benchbook replay</h1>
<p class="subtitle">${counted(summary.calls, 'call')} in ${counted(summary.sessions, 'session')} from ${counted(
    recordings.length,
    'recording',
  )}${period && html`, recorded ${day(period.from)} to ${day(period.to)}`}, decided by ${counted(
    report.policies.length,
    'policy',
    'policies',
  )}.</p>
<p class="verdict ${findings === 0 ? 'good' : 'bad'}">${
    findings === 0
      ? 'Nothing found: no expectation and no threshold is missed.'
      : html`<a href="#findings">✕ ${counted(findings, 'finding')}</a>`
  }</p>
<dl class="figures">${figures(report).map(
    ({ title, value, note }) => html`<div><dt>${title}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>
<p class="not"><strong>What this report is not.</strong> It shows what recorded calls exercised of these policies. It
proves nothing about calls that were not recorded, it is not legal advice, and it never says that anything is compliant.</p>
</header>`;
}

interface Figure {
  readonly title: string;
  readonly value: Part;
  readonly note: Part;
}

function figures(report: ReplayReport): readonly Figure[] {
  const { summary, coverage, latency, controls } = report;
  const { met, missed } = summary.expectations;
  const inside = controls.filter((one) => one.folded === null);
  const stopped = summary.calls - summary.outcomes.allow;
  return [
    { title: 'not allowed', value: count(stopped), note: `${percent(stopped, summary.calls)} of calls` },
    {
      title: 'policies that applied',
      value: ratio(coverage.policies.covered, coverage.policies.total),
      note: percent(coverage.policies.covered, coverage.policies.total),
    },
    {
      title: 'conditions seen true and false',
      value: ratio(coverage.conditions.covered, coverage.conditions.total),
      note: percent(coverage.conditions.covered, coverage.conditions.total),
    },
    {
      title: 'provisions evidenced',
      value: ratio(inside.filter((one) => one.evidenced).length, inside.length),
      note: 'within the profile',
    },
    { title: 'expectations met', value: ratio(met, met + missed), note: `${count(missed)} missed` },
    {
      title: 'calls with errors',
      value: count(summary.withErrors),
      note: `${count(summary.unreadable)} unreadable`,
    },
    ...(latency
      ? [
          {
            title: 'p99 of a decision',
            value: milliseconds(latency.p99),
            note: `max ${milliseconds(latency.max)}`,
          },
        ]
      : []),
  ];
}

function ratio(part: number, total: number): Markup | string {
  return total === 0 ? '–' : html`${count(part)}<span class="of"> / ${count(total)}</span>`;
}

function day(time: string): string {
  return visible(time.slice(0, 10));
}
