import type { ChangedPolicy, DiffReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle, pad } from '../../format/width.ts';
import { heading, more, type Page, paragraph, type Section } from '../../text/section.ts';
import { conditionWords } from '../condition-words.ts';

const SHOWN = 30;
const CONDITIONS = 5;

/** Policies that are not the same in both versions, and the conditions that differ. */
export const policies: Section<DiffReport> = ({ policies: all }, page) => {
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN);
  return [
    heading(page, 'Policies', `${count(all.length)} not the same`),
    ...shown.flatMap((one) => policyLines(one, page)),
    ...more(page, shown.length, all.length, '; --format json lists them all'),
  ];
};

function policyLines(one: ChangedPolicy, page: Page): string[] {
  const was = one.was === undefined ? [] : [`      ${cutMiddle(visible(`was ${one.was}`), page.width - 6)}`];
  const shown = one.conditions.slice(0, CONDITIONS);
  return [
    `  ${pad(one.change, 7)}  ${cutMiddle(visible(one.id), page.width - 11)}`,
    ...was,
    ...shown.flatMap((change) => paragraph(page, conditionWords(change), 6)),
    ...more(page, shown.length, one.conditions.length, ' conditions').map((line) => `    ${line}`),
  ];
}
