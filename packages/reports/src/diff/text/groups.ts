import type { Affected, DiffReport, FlipGroup } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { heading, more, type Page, paragraph, type Section } from '../../text/section.ts';
import { kindList, newlyAllowed } from '../kinds.ts';

const GROUPS = 20;
const CONDITIONS = 10;
const CALLS = 5;
const NAMES = 5;

/** Flips by the policy and the condition that made the difference. */
export const groups: Section<DiffReport> = ({ groups: all }, page) => {
  if (all.length === 0) return [];
  const shown = all.slice(0, GROUPS);
  return [
    heading(page, 'Because of', counted(all.length, 'policy', 'policies')),
    ...shown.flatMap((group) => groupLines(group, page)),
    ...more(page, shown.length, all.length, '; --format json lists them all'),
  ];
};

function groupLines(group: FlipGroup, page: Page): string[] {
  const feared = newlyAllowed(group.byKind);
  const mark = feared > 0 ? page.paint.red('!') : '-';
  const allowed = feared > 0 ? `, ${count(feared)} newly allowed` : '';
  const shown = group.conditions.slice(0, CONDITIONS);
  return [
    `  ${mark} ${cutMiddle(visible(group.policy), page.width - 4)}`,
    `      ${group.change}, ${counted(group.flips, 'flip')}${allowed}`,
    ...shown.flatMap((one) => conditionLines(one, page)),
    ...more(page, shown.length, group.conditions.length, ' conditions').map((line) => `    ${line}`),
    ...affectedLines(
      [
        ['agents', group.agents],
        ['users', group.users],
        ['tools', group.tools],
      ],
      page,
    ),
  ];
}

function conditionLines(one: FlipGroup['conditions'][number], page: Page): string[] {
  const calls = one.calls.slice(0, CALLS);
  const rest = one.flips - calls.length;
  const named = `${calls.join(', ')}${rest > 0 ? ` ... ${count(rest)} more` : ''}`;
  const because = one.because === null ? 'no condition of it can be named' : `because ${one.because}`;
  return [...paragraph(page, because, 6), ...paragraph(page, `${kindList(one.byKind)}: ${named}`, 8)];
}

function affectedLines(parts: readonly (readonly [string, readonly Affected[]])[], page: Page): string[] {
  return parts
    .filter(([, all]) => all.length > 0)
    .flatMap(([what, all]) => paragraph(page, `${what}: ${nameList(all)}`, 6).map(page.paint.dim));
}

/** `support-bot 12, desk-bot 3 ... 4 more`. Not made visible. */
function nameList(all: readonly Affected[]): string {
  const shown = all.slice(0, NAMES).map(({ name, flips }) => `${name} ${count(flips)}`);
  const rest = all.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` ... ${count(rest)} more` : ''}`;
}
