import { visible } from './visible.ts';

/** What a spreadsheet would take for a formula, or a runner for a command. A leading apostrophe makes it text. */
const formula = /^\s*(?:[=+\-@]|::)/;

/** One cell by RFC 4180, on one line; text that would run is disarmed, numbers stay numbers. */
export function csvCell(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const shown = visible(value);
  const text = formula.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows, each ended by CR LF. */
export function csv(rows: readonly (readonly (string | number | boolean)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
