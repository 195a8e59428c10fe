import type { CheckReport, DiagnosticReport } from '@benchbook/model';
import { paint } from '../format/paint.ts';
import { inertLine, visible } from '../format/visible.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';

/** One line a diagnostic, as editors and terminals recognise it: `file:line:column: severity: message [code]`. */
export const checkText: Reporter<CheckReport> = (report, options) => {
  const { red, yellow, dim } = paint(options.color);
  const colours = { error: red, warning: yellow, info: dim, hint: dim };
  const lines = report.diagnostics.map((one) => {
    const severity = colours[one.severity](one.severity);
    return `${place(one)}: ${severity}: ${visible(one.message)} [${visible(one.code)}]`;
  });
  return `${[...lines.map(inertLine), closingLine(report.summary)].join('\n')}\n`;
};

function place(one: DiagnosticReport): string {
  const start = one.range?.start;
  return visible(start ? `${one.file}:${start.line}:${start.column}` : one.file);
}
