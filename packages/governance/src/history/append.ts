import { canonicalJson, type HistoryEntry, writeJson } from '@benchbook/model';

/** The line to append for `entry`, with its end; null where the last entry already says the same. */
export function historyLine(entries: readonly HistoryEntry[], entry: HistoryEntry): string | null {
  const last = entries.at(-1);
  if (last && whatItSays(last) === whatItSays(entry)) return null;
  return `${writeJson({ ...entry })}\n`;
}

/** Times of day and of decisions differ in every run; they make no entry another one. */
function whatItSays({ at: _, p99Ms: __, ...rest }: HistoryEntry): string {
  return canonicalJson(rest);
}
