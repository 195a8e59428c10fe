import type { TextRange } from '@benchbook/model';

/** The first line of a policy that is more than a comment, without the space around it. */
export function headOf(text: string, { start, end }: TextRange, comment: string): TextRange {
  let at = start;
  while (at < end) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 || next > end ? end : next;
    const line = text.slice(at, stop);
    const trimmed = line.trim();
    if (trimmed !== '' && !trimmed.startsWith(comment)) {
      const from = at + line.indexOf(trimmed);
      // What stands behind the policy on its last line is not its own.
      return { start: from, end: from + trimmed.length };
    }
    at = stop + 1;
  }
  return { start, end: start };
}
