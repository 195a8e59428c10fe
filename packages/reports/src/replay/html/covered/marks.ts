import type { ConditionReport } from '@benchbook/model';

/** A condition of a file with the number that the page gives it, from 1. */
export interface Numbered {
  readonly number: number;
  readonly condition: ConditionReport;
  /** A whole clause that has operands of its own. */
  readonly whole: boolean;
}

/** A piece of one line. */
export interface Segment {
  readonly text: string;
  /** The innermost condition that it belongs to. */
  readonly inside: Numbered | null;
  /** Conditions that start with it, the outermost first. */
  readonly starts: readonly Numbered[];
}

/** The conditions of each list in the order of the source, a clause before its operands. */
export function numberConditions(lists: readonly (readonly ConditionReport[])[]): readonly Numbered[] {
  return lists
    .flatMap((list) => {
      const parents = new Set(list.map((condition) => condition.parent));
      return list.map((condition, index) => ({ condition, whole: parents.has(index) }));
    })
    .sort(
      (a, b) =>
        place(a.condition, 'start') - place(b.condition, 'start') ||
        place(b.condition, 'end') - place(a.condition, 'end') ||
        Number(b.whole) - Number(a.whole),
    )
    .map((one, index) => ({ ...one, number: index + 1 }));
}

/** Lines are never as long as the factor, so that places compare as numbers. */
function place(condition: ConditionReport, side: 'start' | 'end'): number {
  return condition.range[side].line * 2 ** 26 + condition.range[side].column;
}

/** Cuts line `line` (1-based) at the borders of the conditions on it, which come in source order. */
export function segments(text: string, line: number, conditions: readonly Numbered[]): readonly Segment[] {
  const here = conditions
    .map((one) => ({ one, ...onLine(one.condition, line, text) }))
    .filter((part) => part.start < part.end);
  const borders = new Set([0, text.length, ...here.flatMap((part) => [part.start, part.end])]);
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1]!;
    const around = here.filter((part) => part.start <= start && part.end >= end);
    return {
      text: text.slice(start, end),
      inside: around.at(-1)?.one ?? null,
      starts: here.filter((part) => part.first && part.start === start).map((part) => part.one),
    };
  });
}

/**
 * The part of a condition that lies on a line, as UTF-16 offsets into it, without the
 * line's indentation; empty where none does.
 */
function onLine(condition: ConditionReport, line: number, text: string) {
  const { start, end } = condition.range;
  const within = start.line <= line && line <= end.line;
  const clamp = (column: number) => Math.max(0, Math.min(column - 1, text.length));
  const indentation = text.length - text.trimStart().length;
  return {
    start: start.line === line ? clamp(start.column) : indentation,
    end: within ? (end.line === line ? clamp(end.column) : text.length) : 0,
    first: start.line === line,
  };
}
