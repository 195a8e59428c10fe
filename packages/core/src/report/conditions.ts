import type { Condition, ConditionReport, PolicySet, Ratio, ReplayReport } from '@benchbook/model';
import type { Exercise, StateCounts } from '../coverage/exercise.ts';
import { helperKeys } from '../coverage/helpers.ts';
import { compare } from '../order.ts';
import type { Texts } from './texts.ts';

/** Longest text of a condition, in UTF-16 units. */
const MAX_TEXT = 200;

/** A condition's source on one line, cut where it is long. */
export function conditionText(condition: Condition, texts: Texts): string {
  const { text } = texts(condition.file);
  const { start, end } = condition.range;
  // Enough to fill the line even if most of it is white space.
  const line = text
    .slice(start, Math.min(end, start + 20 * MAX_TEXT))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}

/** The conditions of one policy (index) of a set. */
export function conditionsOf(
  set: PolicySet,
  policy: number,
  exercise: Exercise,
  texts: Texts,
): ConditionReport[] {
  const counts = exercise.of(set).conditions;
  return reported(
    set,
    set.conditions.flatMap((condition, index) =>
      condition.policy === policy ? { index, counts: counts[index]! } : [],
    ),
    exercise.calls,
    texts,
  );
}

/** Conditions that belong to no single policy, by file; one that several sets share stands once. */
export function helpersOf(
  sets: readonly PolicySet[],
  exercise: Exercise,
  texts: Texts,
): ReplayReport['helpers'] {
  const byFile = new Map<string, { language: string; conditions: ConditionReport[] }>();
  const seen = new Set<string>();
  for (const set of sets) {
    const keys = helperKeys(set);
    const files = new Map<string, { index: number; counts: StateCounts }[]>();
    set.conditions.forEach(({ file }, index) => {
      const key = keys[index] ?? null;
      if (key === null || seen.has(key)) return;
      seen.add(key);
      files.set(file, [...(files.get(file) ?? []), { index, counts: exercise.helper(key) }]);
    });
    for (const [file, found] of files) {
      const entry = byFile.get(file) ?? { language: set.language, conditions: [] };
      byFile.set(file, entry);
      entry.conditions.push(...reported(set, found, exercise.calls, texts));
    }
  }
  return [...byFile].sort(([a], [b]) => compare(a, b)).map(([file, entry]) => ({ file, ...entry }));
}

/** Conditions seen both true and false, of all of them. */
export function conditionCoverage(lists: readonly (readonly ConditionReport[])[]): Ratio {
  const all = lists.flat();
  return { covered: all.filter((one) => one.true > 0 && one.false > 0).length, total: all.length };
}

function reported(
  set: PolicySet,
  found: readonly { readonly index: number; readonly counts: StateCounts }[],
  calls: number,
  texts: Texts,
): ConditionReport[] {
  const positions = new Map(found.map(({ index }, position) => [index, position]));
  return found.map(({ index, counts }) => {
    const condition = set.conditions[index]!;
    return {
      range: texts(condition.file).range(condition.range),
      text: conditionText(condition, texts),
      parent: condition.parent === null ? null : (positions.get(condition.parent) ?? null),
      ...counts,
      unreached: calls - counts.true - counts.false - counts.error,
    };
  });
}
