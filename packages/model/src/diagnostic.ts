import type { TextRange } from './text.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A finding about a text, as plain data. */
export interface Diagnostic {
  /** Kebab-case pattern name, e.g. `cedar-parse-error`; what `benchbook-ignore` and the manifest name. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, and what to do. One line. */
  readonly message: string;
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  /** null: the whole file. */
  readonly range: TextRange | null;
  /** The set cannot decide while this stands (parse and compile errors). */
  readonly fatal?: boolean;
}
