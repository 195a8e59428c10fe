import type { ConditionReport } from '@benchbook/model';
import { count } from '../format/numbers.ts';
import { html, type Markup } from '../html/markup.ts';
import { table } from '../html/table.ts';
import { bar } from './bar.ts';
import { scrolling } from './figures.ts';
import { code, fileLink } from './links.ts';

const columns = [
  { title: 'condition' },
  { title: 'share' },
  ...['true', 'false', 'error', 'unreached'].map((title) => ({ title, figures: true })),
];

/** Whether calls showed both sides of a condition. */
export function seenBoth(condition: ConditionReport): boolean {
  return condition.true > 0 && condition.false > 0;
}

/** Conditions of a file with their counts in calls. */
export function conditionTable(file: string, conditions: readonly ConditionReport[]): Markup {
  const rows = conditions.map((one) => {
    const parts = (['true', 'false', 'error'] as const).map((kind) => ({
      kind: `is-${kind}`,
      value: one[kind],
    }));
    const total = one.true + one.false + one.error + one.unreached;
    return {
      cells: [
        html`${one.parent !== null && html`<span class="operand" aria-hidden="true">└ </span>`}${fileLink(file, one.range.start, code(one.text))}`,
        bar(parts, total),
        figure(one.true, one.false),
        figure(one.false, one.true),
        one.error === 0 ? '0' : html`<strong class="bad">! ${count(one.error)}</strong>`,
        count(one.unreached),
      ],
    };
  });
  return scrolling('Conditions', table('Conditions', columns, rows));
}

/** A side that no call showed, of a condition that was reached, stands out. */
function figure(value: number, other: number): Markup | string {
  return value === 0 && other > 0 ? html`<strong class="warn">never</strong>` : count(value);
}
