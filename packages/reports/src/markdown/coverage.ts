import type { Exercised } from '../covered/exercised.ts';
import { unseenConditions } from '../covered/unseen.ts';
import { markdownCode } from '../format/markdown.ts';
import { counted } from '../format/numbers.ts';
import { type Part, tablePart } from './part.ts';

/** Conditions that were not seen both true and false. */
export function unseenPart(report: Exercised): Part {
  const unseen = unseenConditions(report);
  return tablePart({
    fold: `${counted(unseen.length, 'condition')} not seen both true and false`,
    header: ['condition', 'seen', 'true', 'false', 'errors', 'where'],
    right: [2, 3, 4],
    rows: unseen.map(({ file, condition, why }) => [
      markdownCode(condition.text),
      why,
      String(condition.true),
      String(condition.false),
      String(condition.error),
      markdownCode(`${file}:${condition.range.start.line}`),
    ]),
  });
}

/** `4 of 5 policies applied, 12 of 17 conditions seen both ways`. */
export function coverageSentence({ coverage: { policies, conditions } }: Exercised): string {
  const told = [`${policies.covered} of ${counted(policies.total, 'policy', 'policies')} applied`];
  if (conditions.total > 0)
    told.push(`${conditions.covered} of ${counted(conditions.total, 'condition')} seen both true and false`);
  return told.join('; ');
}
