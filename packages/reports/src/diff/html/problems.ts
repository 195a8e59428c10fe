import type { DiffReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import { recordingPlace } from '../../html/recording-place.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';

/** Unreadable places and diagnostics; nothing where there are none. */
export function problemsSection({ unreadable, diagnostics, summary }: DiffReport): Section | undefined {
  const told = diagnostics.filter((one) => one.severity === 'error' || one.severity === 'warning');
  if (summary.unreadable + told.length === 0) return undefined;
  const rest = summary.unreadable - unreadable.length;
  return {
    id: 'problems',
    title: 'Unreadable places and diagnostics',
    badge: count(summary.unreadable + told.length),
    body: html`${
      summary.unreadable > 0 &&
      html`<h3>${counted(summary.unreadable, 'unreadable place')} in the recordings</h3>
<div class="scroll">${table(
        'Unreadable places',
        [{ title: 'where' }, { title: 'why' }],
        unreadable.map((one) => ({
          cells: [html`<code>${recordingPlace(one)}</code>`, visible(one.message)],
        })),
      )}</div>${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`
    }
${
  told.length > 0 &&
  html`<h3>${counted(told.length, 'diagnostic')}</h3>
<div class="scroll">${table(
    'Diagnostics',
    [{ title: 'severity' }, { title: 'code' }, { title: 'message' }, { title: 'where' }],
    told.map((one) => ({
      cells: [
        html`<span class="${one.severity === 'error' ? 'bad' : 'warn'}">${one.severity}</span>`,
        html`<code>${visible(one.code)}</code>`,
        prose(one.message),
        html`<code>${visible(one.range ? `${one.file}:${one.range.start.line}` : one.file)}</code>`,
      ],
    })),
  )}</div>`
}`,
  };
}
