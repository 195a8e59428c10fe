import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import { recordingPlace } from '../../html/recording-place.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { type Context, callLink, placeLink, policyLink } from './context.ts';

/** Errors of policies, unreadable places, diagnostics, files left out. */
export function problemsSection(context: Context): Section {
  const { errors, unreadable, diagnostics, skippedFiles, summary } = context.report;
  const told = diagnostics.filter((one) => one.severity === 'error' || one.severity === 'warning');
  const parts = [
    ...(errors.length > 0 ? [errorTable(context)] : []),
    ...(unreadable.length > 0 ? [unreadableTable(context)] : []),
    ...(told.length > 0 ? [diagnosticTable(context, told)] : []),
    ...(skippedFiles.length > 0 ? [skipped(skippedFiles)] : []),
    ...(summary.firstDivergences > 0 ? [divergences(summary.firstDivergences)] : []),
  ];
  return {
    id: 'problems',
    title: 'Errors and diagnostics',
    badge: count(errors.length + unreadable.length + told.length + skippedFiles.length),
    body:
      parts.length === 0 ? html`<p>None: every recording was read, every policy gave an answer.</p>` : parts,
  };
}

function errorTable(context: Context): Markup {
  const columns = [
    { title: 'policy' },
    { title: 'kind' },
    { title: 'message' },
    { title: 'times', figures: true },
    { title: 'first in' },
  ];
  const rows = context.report.errors.map((error) => ({
    cells: [
      error.policy === null ? 'the whole set' : policyLink(context, error.policy),
      error.kind,
      html`<span class="bad">!</span> ${prose(error.message)}`,
      count(error.count),
      callLink(context, error.firstCall),
    ],
  }));
  const { withErrors } = context.report.summary;
  return html`<h3>${counted(withErrors, 'call')} with an error</h3>
<p class="aside-note">A policy that errs is not the same as one that is silent: look whether the outcome is what you want.</p>
<div class="scroll">${table('Errors', columns, rows)}</div>`;
}

function unreadableTable({ report }: Context): Markup {
  const rows = report.unreadable.map((one) => ({
    cells: [html`<code>${recordingPlace(one)}</code>`, visible(one.message)],
  }));
  const rest = report.summary.unreadable - rows.length;
  return html`<h3>${counted(report.summary.unreadable, 'unreadable place')} in the recordings</h3>
<div class="scroll">${table('Unreadable places', [{ title: 'where' }, { title: 'why' }], rows)}</div>${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`;
}

function diagnosticTable(context: Context, diagnostics: Context['report']['diagnostics']): Markup {
  const columns = [{ title: 'severity' }, { title: 'code' }, { title: 'message' }, { title: 'where' }];
  const rows = diagnostics.map((one) => ({
    cells: [
      html`<span class="${one.severity === 'error' ? 'bad' : 'warn'}">${one.severity === 'error' ? '✕' : '!'} ${one.severity}</span>`,
      html`<code>${visible(one.code)}</code>`,
      prose(one.message),
      placeLink(context, one.file, one.range),
    ],
  }));
  return html`<h3>${counted(diagnostics.length, 'diagnostic')}</h3>
<div class="scroll">${table('Diagnostics', columns, rows)}</div>`;
}

function skipped(files: readonly string[]): Markup {
  return html`<h3>${counted(files.length, 'file')} left out</h3>
<p>They do not load, and nothing here speaks of them:</p>
<ul>${files.map((file) => html`<li><code>${visible(file)}</code></li>`)}</ul>`;
}

function divergences(sessions: number): Markup {
  return html`<h3>${counted(sessions, 'session')} would have gone another way</h3>
<p>A call that was executed is now not allowed; what follows it in its session is decided on the recorded history.</p>`;
}
