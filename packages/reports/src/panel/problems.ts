import type { ReplayReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { html, type Markup } from '../html/markup.ts';
import { prose } from '../html/prose.ts';
import type { Section } from '../html/section.ts';
import { table } from '../html/table.ts';
import { scrolling } from './figures.ts';
import { callLink, fileLink, placeLink, recordingLink } from './links.ts';
import { policyLinks } from './policy-link.ts';

/** Errors of policies, unreadable places of recordings, diagnostics, files left out. */
export function problemsSection(report: ReplayReport): Section {
  const { errors, unreadable, diagnostics, skippedFiles } = report;
  const told = diagnostics.filter((one) => one.severity === 'error' || one.severity === 'warning');
  const parts = [
    errors.length > 0 && errorTable(report),
    unreadable.length > 0 && unreadableTable(report),
    told.length > 0 && diagnosticTable(told),
    skippedFiles.length > 0 &&
      html`<h3>${counted(skippedFiles.length, 'file')} left out, since they do not load</h3>
<ul>${skippedFiles.map((file) => html`<li>${fileLink(file, undefined, html`<code>${visible(file)}</code>`)}</li>`)}</ul>`,
  ].filter((part) => part !== false);
  return {
    id: 'problems',
    title: 'Errors and unreadable places',
    badge: count(errors.length + report.summary.unreadable + told.length + skippedFiles.length),
    body:
      parts.length === 0 ? html`<p>None: every recording was read, every policy gave an answer.</p>` : parts,
  };
}

function errorTable(report: ReplayReport): Markup {
  const link = policyLinks(report);
  const columns = [
    ...['policy', 'kind', 'message'].map((title) => ({ title })),
    { title: 'times', figures: true },
    { title: 'first in' },
  ];
  const rows = report.errors.map(({ policy, kind, message, count: times, firstCall }) => ({
    cells: [
      policy === null ? 'the whole set' : link(policy),
      kind,
      prose(message),
      count(times),
      callLink(firstCall),
    ],
  }));
  return html`<h3>${counted(report.summary.withErrors, 'call')} with an error</h3>
<p class="note">A policy that errs is not the same as one that is silent: look whether the outcome is what you want.</p>
${scrolling('Errors', table('Errors', columns, rows))}`;
}

function unreadableTable({ unreadable, summary }: ReplayReport): Markup {
  const rows = unreadable.map((one) => ({ cells: [recordingLink(one), visible(one.message)] }));
  const rest = summary.unreadable - rows.length;
  return html`<h3>${counted(summary.unreadable, 'unreadable place')} in the recordings</h3>
${scrolling('Unreadable places', table('Unreadable places', [{ title: 'where' }, { title: 'why' }], rows))}${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`;
}

function diagnosticTable(diagnostics: ReplayReport['diagnostics']): Markup {
  const columns = ['severity', 'code', 'message', 'where'].map((title) => ({ title }));
  const rows = diagnostics.map(({ severity, code, message, file, range }) => ({
    cells: [
      html`<span class="${severity === 'error' ? 'bad' : 'warn'}">${severity === 'error' ? '✕' : '!'} ${severity}</span>`,
      html`<code>${visible(code)}</code>`,
      prose(message),
      placeLink(file, range),
    ],
  }));
  return html`<h3>${counted(diagnostics.length, 'diagnostic')}</h3>
${scrolling('Diagnostics', table('Diagnostics', columns, rows))}`;
}
