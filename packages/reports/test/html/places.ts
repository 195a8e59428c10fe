import { type ConditionReport, type LineColumnRange, textDocument } from '@benchbook/model';

/** The range of `needle` in `text`; the `nth` one, from 0. Fails where there is none. */
export function rangeOf(text: string, needle: string, nth = 0): LineColumnRange {
  let start = -1;
  for (let index = 0; index <= nth; index++) start = text.indexOf(needle, start + 1);
  if (start === -1) throw new Error(`no ${needle}`);
  return textDocument(text).range({ start, end: start + needle.length });
}

/** A condition on `needle` with its counts: true, false, error, unreached. */
export function condition(
  text: string,
  needle: string,
  [yes, no, error, unreached]: readonly [number, number, number, number],
  parent: number | null = null,
): ConditionReport {
  return {
    range: rangeOf(text, needle),
    text: needle.replace(/\s+/g, ' ').slice(0, 200),
    parent,
    true: yes,
    false: no,
    error,
    unreached,
  };
}
