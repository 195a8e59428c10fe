import type { LineCoverage, PolicySet, TextRange } from '@benchbook/model';
import type { Exercise } from '../coverage/exercise.ts';
import { compare } from '../order.ts';
import type { Texts } from './texts.ts';

/**
 * Lines that can be reached, with the number of calls that reached them: a condition was evaluated there, or a
 * statement ran. Of several on one line the most reached one counts. A clause with operands speaks for its first line
 * alone, since its operands stand on the others and may not have been reached.
 */
export function lineCoverage(sets: readonly PolicySet[], exercise: Exercise, texts: Texts): LineCoverage[] {
  const files = new Map<string, { language: string; hits: Map<number, number> }>();
  const note = (set: PolicySet, file: string, { start, end }: TextRange, calls: number): void => {
    const entry = files.get(file) ?? { language: set.language, hits: new Map<number, number>() };
    files.set(file, entry);
    const last = texts(file).lineColumn(Math.max(start, end - 1)).line;
    for (let { line } = texts(file).lineColumn(start); line <= last; line++)
      entry.hits.set(line, Math.max(entry.hits.get(line) ?? 0, calls));
  };
  for (const set of sets) {
    const { conditions, statements } = exercise.of(set);
    const wholes = new Set(set.conditions.map(({ parent }) => parent));
    set.conditions.forEach(({ file, range: { start, end } }, index) => {
      const { true: held, false: failed, error } = conditions[index]!;
      note(set, file, { start, end: wholes.has(index) ? start : end }, held + failed + error);
    });
    set.statements.forEach(({ file, range }, index) => {
      note(set, file, range, statements[index]!);
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
