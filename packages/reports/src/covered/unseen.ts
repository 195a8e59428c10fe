import type { ConditionReport } from '@benchbook/model';
import type { Exercised } from './exercised.ts';

/** A condition that was not seen both true and false. */
export interface Unseen {
  readonly file: string;
  readonly policy: string | null;
  readonly condition: ConditionReport;
  /** `never true`, `never false`, `only errors`, `never reached`. */
  readonly why: string;
}

/**
 * What is missing, by file and place. A whole clause is told only where each of its leaves was seen both ways: else
 * the leaves tell it better.
 */
export function unseenConditions(report: Exercised): Unseen[] {
  const lists = [
    ...report.policies.map((one) => ({ file: one.file, policy: one.id, conditions: one.conditions })),
    ...report.helpers.map((one) => ({ file: one.file, policy: null, conditions: one.conditions })),
  ];
  return lists.flatMap(({ file, policy, conditions }) => {
    const toldByLeaves = new Set(
      conditions.filter((one) => whyUnseen(one) !== null).map((one) => one.parent),
    );
    return conditions.flatMap((condition, index) => {
      const why = whyUnseen(condition);
      return why === null || toldByLeaves.has(index) ? [] : [{ file, policy, condition, why }];
    });
  });
}

function whyUnseen(one: ConditionReport): string | null {
  if (one.true > 0 && one.false > 0) return null;
  if (one.true > 0) return 'never false';
  if (one.false > 0) return 'never true';
  return one.error > 0 ? 'only errors' : 'never reached';
}
