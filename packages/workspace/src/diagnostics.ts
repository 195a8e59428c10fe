import type { Diagnostic, Severity, TextRange } from '@benchbook/model';

/** What this package finds, by code. */
export const workspaceDiagnostics = {
  'manifest-syntax': { severity: 'error', summary: '`benchbook.yaml` is no YAML that can be read.' },
  'manifest-unknown-key': { severity: 'error', summary: 'A key of `benchbook.yaml` is unknown.' },
  'manifest-invalid-value': {
    severity: 'error',
    summary: 'A value in `benchbook.yaml` is of the wrong kind.',
  },
  'manifest-name': { severity: 'warning', summary: 'A file looks like the manifest but is not read as one.' },
  'glob-matches-nothing': { severity: 'warning', summary: 'A pattern of the manifest finds no file.' },
  'workspace-unreadable': { severity: 'error', summary: 'The folder cannot be listed.' },
  'file-unreadable': { severity: 'error', summary: 'A file cannot be read, or is not UTF-8.' },
  'file-too-large': { severity: 'error', summary: 'A file is larger than 10 MB and is left out.' },
  'too-many-files': { severity: 'error', summary: 'More policy files than can be loaded.' },
  'data-syntax': { severity: 'error', summary: 'A YAML or JSON file cannot be parsed.' },
  'tools-invalid': { severity: 'error', summary: 'A file is no answer of MCP `tools/list`.' },
  'tool-repeated': { severity: 'warning', summary: 'A tool of one server is defined twice.' },
  'agent-invalid': { severity: 'error', summary: 'An agent card has no id.' },
  'agent-repeated': { severity: 'error', summary: 'Two agent cards have the same id.' },
  'catalog-document-changed': {
    severity: 'warning',
    summary: 'The document that a catalog names is not the one whose digest it states.',
  },
  'ignore-without-reason': { severity: 'warning', summary: 'A `benchbook-ignore` gives no reason.' },
  'unused-ignore': { severity: 'warning', summary: 'A `benchbook-ignore` silences nothing.' },
} as const satisfies Record<string, { severity: Severity; summary: string }>;

export type WorkspaceDiagnosticCode = keyof typeof workspaceDiagnostics;

/** A finding of this package. Its errors are fatal: nothing can be decided rightly while they stand. */
export function finding(
  code: WorkspaceDiagnosticCode,
  file: string,
  range: TextRange | null,
  message: string,
): Diagnostic {
  const { severity } = workspaceDiagnostics[code];
  return { code, severity, message, file, range, ...(severity === 'error' ? { fatal: true } : {}) };
}

/** By file, place, code and message: the order of every report. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      (a.range?.start ?? -1) - (b.range?.start ?? -1) ||
      (a.range?.end ?? -1) - (b.range?.end ?? -1) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
