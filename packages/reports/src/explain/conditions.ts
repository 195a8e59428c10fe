import type { ConditionOnCall, SetExplanation } from '@benchbook/model';
import { visible } from '../format/visible.ts';
import { cutEnd, pad } from '../format/width.ts';
import { more, type Page } from '../text/section.ts';

const marks = { true: '+', false: '-', error: '!', unreached: '.' } as const;

/** Conditions of one policy that are worth a screen; JSON has them all. */
const SHOWN = 40;

/**
 * The conditions of one policy as a tree: a whole clause, then its operands deeper. None where the call came to none
 * of them, so that a hundred policies for other tools stay a line each.
 */
export function conditionLines(set: SetExplanation, policy: string | null, page: Page): string[] {
  const own = set.conditions.filter((one) => one.policy === policy);
  if (own.every((one) => one.state === 'unreached')) return [];
  return [
    ...own.slice(0, SHOWN).map((one) => conditionLine(one, set.conditions, page)),
    ...more(page, Math.min(SHOWN, own.length), own.length, ' conditions'),
  ];
}

/** Those that belong to no single policy. */
export function sharedLines(set: SetExplanation, page: Page): string[] {
  const lines = conditionLines(set, null, page);
  return lines.length === 0 ? [] : [`    ${page.paint.dim('shared by policies')}`, ...lines];
}

function conditionLine(one: ConditionOnCall, all: readonly ConditionOnCall[], page: Page): string {
  const { line, column } = one.range.start;
  const indent = ' '.repeat(6 + 2 * depthOf(one, all));
  const state = pad(`${marks[one.state]} ${one.state}`, 11);
  const text = cutEnd(`${line}:${column}  ${visible(one.text)}`, page.width - indent.length - 13);
  const style = {
    true: page.paint.green,
    false: page.paint.yellow,
    error: page.paint.red,
    unreached: page.paint.dim,
  };
  return `${indent}${style[one.state](state)}  ${text}`;
}

function depthOf(one: ConditionOnCall, all: readonly ConditionOnCall[]): number {
  let depth = 0;
  for (let at = one.parent; at !== null && depth < 8; at = all[at]?.parent ?? null) depth++;
  return depth;
}
