import type { EditorDiagnostic } from '@benchbook/language-service';
import type { Severity } from '@benchbook/model';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { firstLine, rangeOf } from './range.ts';

const SEVERITIES: { readonly [severity in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toLspDiagnostic(found: EditorDiagnostic, document: TextDocument): Diagnostic {
  return {
    range: found.range === null ? firstLine(document) : rangeOf(document, found.range),
    severity: SEVERITIES[found.severity],
    code: found.code,
    source: 'benchbook',
    message: found.message,
    ...(found.unused && { tags: [DiagnosticTag.Unnecessary] }),
  };
}
