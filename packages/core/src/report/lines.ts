import type { LineCoverage, PolicySet } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import { compare } from '../order.ts';
import type { Texts } from './texts.ts';

/**
 * Lines that can be reached, with the number of calls that reached them: a condition was evaluated there, or a
 * statement ran. Of several on one line the most reached one counts.
 */
export function lineCoverage(sets: readonly PolicySet[], exercise: Exercise, texts: Texts): LineCoverage[] {
  const files = new Map<string, { language: string; hits: Map<number, number> }>();
  const note = (set: PolicySet, file: string, offset: number, calls: number): void => {
    const entry = files.get(file) ?? { language: set.language, hits: new Map<number, number>() };
    files.set(file, entry);
    const { line } = texts(file).lineColumn(offset);
    entry.hits.set(line, Math.max(entry.hits.get(line) ?? 0, calls));
  };
  for (const set of sets) {
    const { conditions, statements } = exercise.of(set);
    set.conditions.forEach(({ file, range }, index) => {
      const { true: held, false: failed, error } = conditions[index]!;
      note(set, file, range.start, held + failed + error);
    });
    set.statements.forEach(({ file, range }, index) => {
      note(set, file, range.start, statements[index]!);
    });
  }
  return [...files]
    .sort(([a], [b]) => compare(a, b))
    .map(([file, { language, hits }]) => ({
      file,
      language,
      lines: [...hits].sort(([a], [b]) => a - b).map(([line, count]) => ({ line, hits: count })),
    }));
}
