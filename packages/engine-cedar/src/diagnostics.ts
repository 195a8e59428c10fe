import { type Diagnostic, type Severity, type TextRange, textDocument } from '@benchbook/model';
import type { DetailedError } from '@cedar-policy/cedar-wasm/web';
import { errorText } from './runtime/answers.ts';

/** UTF-16 range in `text` of an error's first location (UTF-8 bytes); at least one character where there is one. */
export function errorRange(text: string, error: DetailedError): TextRange | null {
  const location = error.sourceLocations?.[0];
  if (!location) return null;
  const document = textDocument(text);
  const start = document.fromUtf8(location.start);
  const end = Math.max(document.fromUtf8(location.end), start);
  if (end > start || text.length === 0) return { start, end };
  // An error at a point: show the character there; at the end, the last one that can be seen.
  const visible = text.trimEnd().length;
  if (start < visible) return { start, end: start + 1 };
  const last = Math.max(visible, 1);
  return { start: last - 1, end: last };
}

/** A diagnostic of an error that Cedar found in `text`, which stands in `file` at `offset`. */
export function cedarDiagnostic(
  code: string,
  severity: Severity,
  file: string,
  text: string,
  error: DetailedError,
  options: { readonly offset?: number; readonly range?: TextRange; readonly fatal?: boolean } = {},
): Diagnostic {
  const inside = errorRange(text, error);
  const offset = options.offset ?? 0;
  const range = inside ? { start: inside.start + offset, end: inside.end + offset } : (options.range ?? null);
  return {
    code,
    severity,
    file,
    range,
    message: errorText(error),
    ...(options.fatal ? { fatal: true } : {}),
  };
}

/** Order of reports: file, place, code, message. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    (a.range?.start ?? -1) - (b.range?.start ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** By UTF-16 code unit. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
