import type { CheckReport, DiagnosticReport } from '@benchbook/model';
import { paint } from '../format/paint.ts';
import { inertLine, visible } from '../format/visible.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';

/**
 * One line a diagnostic, as editors and terminals recognise it: `file:line:column: severity: message [code]`. What is
 * merely worth knowing is counted beyond the first few, so that it does not hide what is wrong.
 */
export const checkText: Reporter<CheckReport> = (report, options) => {
  const { red, yellow, dim } = paint(options.color);
  const colours = { error: red, warning: yellow, info: dim, hint: dim };
  const shown = report.diagnostics.filter(isGrave);
  const asides = report.diagnostics.filter((one) => !isGrave(one));
  if (asides.length <= MAX_ASIDES) shown.splice(0, shown.length, ...report.diagnostics);
  const lines = shown.map((one) => {
    const severity = colours[one.severity](one.severity);
    return `${place(one)}: ${severity}: ${visible(one.message)} [${visible(one.code)}]`;
  });
  const more = asides.length > MAX_ASIDES ? [asidesLine(asides)] : [];
  return `${[...lines.map(inertLine), ...more, closingLine(report.summary)].join('\n')}\n`;
};

/** Most hints and infos that are shown one by one. */
const MAX_ASIDES = 5;

function isGrave({ severity }: DiagnosticReport): boolean {
  return severity === 'error' || severity === 'warning';
}

function asidesLine(asides: readonly DiagnosticReport[]): string {
  const counts = new Map<string, number>();
  for (const { code } of asides) counts.set(code, (counts.get(code) ?? 0) + 1);
  const codes = [...counts].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${visible(code)} ${count}`);
  return `worth knowing: ${codes.join(', ')} (--format json lists them)`;
}

function place(one: DiagnosticReport): string {
  const start = one.range?.start;
  return visible(start ? `${one.file}:${start.line}:${start.column}` : one.file);
}
