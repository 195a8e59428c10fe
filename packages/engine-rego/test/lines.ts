import { type PolicySet, type TextDocument, textDocument } from '@benchbook/model';
import type { LineRanges } from '../src/toolchain/protocol.ts';

/** Lines with whether they were reached: of whole places, and of the first lines of places alone. */
export interface Lines {
  readonly whole: readonly number[];
  readonly first: ReadonlyMap<number, boolean>;
}

/** Lines of one file by what was reached of a set: its conditions, then its statements. */
export function ourLines(set: PolicySet, file: string, text: string, reached: readonly boolean[]): Lines {
  const document: TextDocument = textDocument(text);
  const whole = new Set<number>();
  const first = new Map<number, boolean>();
  [...set.conditions, ...set.statements].forEach((place, index) => {
    if (place.file !== file) return;
    const { start, end } = document.range(place.range);
    first.set(start.line, first.get(start.line) === true || reached[index]!);
    if (reached[index]) for (let line = start.line; line <= end.line; line++) whole.add(line);
  });
  return { whole: sorted(whole), first };
}

/** Rows that OPA covers. */
export function theirLines({ covered }: LineRanges): number[] {
  return sorted(covered.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)));
}

/** What OPA says of places that start on a line; undefined where it says nothing. */
export function theirFirst({ covered, notCovered }: LineRanges, line: number): boolean | undefined {
  if (covered.some(([start]) => start === line)) return true;
  return notCovered.some(([start]) => start === line) ? false : undefined;
}

function sorted(lines: Iterable<number>): number[] {
  return [...new Set(lines)].sort((a, b) => a - b);
}
