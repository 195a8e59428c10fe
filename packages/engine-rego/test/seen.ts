import type { Facts, PolicySet } from '@benchbook/model';

/** What a set's conditions and statements are, each with its text and what one call makes of it. */
export function seen(set: PolicySet, text: string, facts: Facts): string[] {
  const { conditions, statements } = set.cover(set.prepare([facts]), 0);
  const cut = ({ range }: { range: { start: number; end: number } }) =>
    text.slice(range.start, range.end).replace(/\s+/g, ' ');
  return [
    ...set.conditions.map((condition, index) => {
      const owner = condition.policy === null ? '' : `${set.policies[condition.policy]!.name}: `;
      return `${conditions[index]} ${owner}${cut(condition)}`;
    }),
    ...set.statements.map((statement, index) => `${statements[index] ? 'reached' : '-'} ${cut(statement)}`),
  ];
}
