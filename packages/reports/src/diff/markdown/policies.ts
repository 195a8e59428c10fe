import type { DiffReport } from '@benchbook/model';
import { markdownCode } from '../../format/markdown.ts';
import { count, counted } from '../../format/numbers.ts';
import { type Part, tablePart } from '../../markdown/part.ts';
import { conditionWords } from '../condition-words.ts';

const CONDITIONS = 5;

/** Policies that are not the same in both versions. */
export function policiesPart({ policies }: DiffReport): Part {
  return tablePart({
    fold: `${counted(policies.length, 'policy', 'policies')} not the same`,
    header: ['policy', 'change', 'was', 'conditions', 'where'],
    rows: policies.map((one) => {
      const shown = one.conditions.slice(0, CONDITIONS).map((change) => markdownCode(conditionWords(change)));
      const rest = one.conditions.length - shown.length;
      return [
        markdownCode(one.id),
        one.change,
        one.was === undefined ? '-' : markdownCode(one.was),
        [...shown, ...(rest > 0 ? [`${count(rest)} more`] : [])].join('; ') || '-',
        markdownCode(`${one.file}:${one.range.start.line}`),
      ];
    }),
  });
}
