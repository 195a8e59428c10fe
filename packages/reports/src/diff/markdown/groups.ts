import type { Affected, DiffReport, FlipGroup } from '@benchbook/model';
import { markdownCode } from '../../format/markdown.ts';
import { count } from '../../format/numbers.ts';
import { type Part, tablePart } from '../../markdown/part.ts';
import { arrow, isFeared, kindCounts } from '../kinds.ts';

const NAMES = 3;
const ROWS = 50;

/** Flips by the policy and the condition that made the difference: a row a condition. */
export function groupsPart({ groups }: DiffReport): Part {
  return tablePart({
    above: ['### Because of', ''],
    header: ['policy', 'because', 'flips', 'calls', 'agents, users, tools'],
    most: ROWS,
    rows: groups.flatMap((group) =>
      group.conditions.map((one, index) => [
        index === 0 ? `${markdownCode(group.policy)} (${group.change})` : '',
        one.because === null ? '-' : markdownCode(one.because),
        kindCounts(one.byKind)
          .slice(0, 6)
          .map(({ kind, flips }) => {
            const text = `${count(flips)} ${markdownCode(arrow(kind))}`;
            return isFeared(kind) ? `:warning: **${text}**` : text;
          })
          .join(', '),
        named(one.calls.slice(0, NAMES).map(markdownCode), one.flips),
        index === 0 ? affected(group) : '',
      ]),
    ),
  });
}

function affected({ agents, users, tools }: FlipGroup): string {
  const parts = [agents, users, tools].filter((all) => all.length > 0);
  return parts.map(nameList).join('; ') || '-';
}

function nameList(all: readonly Affected[]): string {
  const shown = all.slice(0, NAMES).map(({ name, flips }) => `${markdownCode(name)} ${count(flips)}`);
  return named(shown, all.length);
}

function named(shown: readonly string[], total: number): string {
  const rest = total - shown.length;
  return [...shown, ...(rest > 0 ? [`${count(rest)} more`] : [])].join(', ');
}
