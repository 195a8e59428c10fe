import { count, counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { html } from '../html/markup.ts';
import { outcomeBadge } from '../html/outcome.ts';
import type { Section } from '../html/section.ts';
import { table } from '../html/table.ts';
import { LISTED, scrolling } from './figures.ts';
import { callLink, code, recordingLink } from './links.ts';
import type { PanelOptions } from './panel.ts';

const columns = ['call', 'tool', 'was', 'is', 'because of', 'recorded in'].map((title) => ({ title }));

/** Calls whose outcome the edited policies change; nothing where nobody compared. */
export function flipsSection(flips: PanelOptions['flips']): Section | undefined {
  if (flips === undefined) return undefined;
  const { base, total, calls } = flips;
  const shown = calls.slice(0, LISTED);
  const rows = shown.map((call) => ({
    cells: [
      callLink(call.id),
      code(call.tool),
      call.was === undefined ? '–' : outcomeBadge(call.was),
      outcomeBadge(call.outcome),
      (call.because ?? []).map((id) => html`${code(id.slice(id.indexOf('#') + 1))} `),
      recordingLink(call.source),
    ],
  }));
  return {
    id: 'flips',
    title: `Flips against ${visible(base)}`,
    badge: count(total),
    body:
      total === 0
        ? html`<p>None: every call comes out as under ${visible(base)}.</p>`
        : html`${scrolling('Flips', table('Flips', columns, rows))}${total > shown.length && html`<p>… and ${counted(total - shown.length, 'more call')}</p>`}`,
  };
}
