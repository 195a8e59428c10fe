import type { Diagnostic, DiagnosticReport } from '@benchbook/model';
import type { Texts } from './report/texts.ts';

/** Diagnostics with lines and columns, as reports print them. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], texts: Texts): DiagnosticReport[] {
  return diagnostics.map(({ code, severity, message, file, range }) => ({
    code,
    severity,
    message,
    file,
    range: range && texts(file).range(range),
  }));
}
