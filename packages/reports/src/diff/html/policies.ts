import type { DiffReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { changeMarkup } from './change.ts';

const columns = [{ title: 'policy' }, { title: 'change' }, { title: 'where' }, { title: 'conditions' }];
const ROWS = 1000;

const meanings = {
  added: 'only in head',
  removed: 'only in base',
  renamed: 'another name, the same text',
  changed: 'another text',
  context: 'the same text, but not what it depends on',
};

/** Policies that are not the same in both versions, changed conditions side by side. */
export function policiesSection({ policies }: DiffReport): Section {
  const rows = policies.slice(0, ROWS).map((one) => ({
    cells: [
      html`<code>${visible(one.id)}</code>${one.was !== undefined && html`<br><small>was <code>${visible(one.was)}</code></small>`}`,
      html`<b>${one.change}</b><br><small>${meanings[one.change]}</small>`,
      html`<code>${visible(`${one.file}:${one.range.start.line}`)}</code>`,
      one.conditions.length === 0 ? '–' : one.conditions.map(changeMarkup),
    ],
  }));
  const rest = policies.length - rows.length;
  return {
    id: 'policies',
    title: 'Policies',
    badge: count(policies.length),
    body:
      rows.length === 0
        ? html`<p>All policies are the same in both versions.</p>`
        : html`<div class="scroll">${table('Policies that are not the same', columns, rows)}</div>${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`,
  };
}
