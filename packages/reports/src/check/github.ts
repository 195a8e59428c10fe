import type { CheckReport, DiagnosticReport } from '@benchbook/model';
import { visible } from '../format/visible.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';

/** Workflow commands, which GitHub Actions shows beside the lines of a pull request. */
export const checkGithub: Reporter<CheckReport> = (report) =>
  `${[...report.diagnostics.map(command), closingLine(report.summary)].join('\n')}\n`;

const commands = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;

function command(one: DiagnosticReport): string {
  const properties: readonly (readonly [string, string | number | undefined])[] = [
    ['file', one.file],
    ['line', one.range?.start.line],
    ['col', one.range?.start.column],
    ['endLine', one.range?.end.line],
    ['endColumn', one.range?.end.column],
    ['title', one.code],
  ];
  const told = properties
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${commands[one.severity]} ${told.join(',')}::${data(one.message)}`;
}

/** Line ends would start a new command; control characters are made visible before. */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
