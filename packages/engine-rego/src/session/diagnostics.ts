import type { Diagnostic, TextDocument, TextRange } from '@benchbook/model';
import type { ToolchainDiagnostic } from '../toolchain/protocol.ts';

/** OPA's errors as findings, sorted by place, with ranges in UTF-16. `fatal`: nothing of the file decides. */
export function toDiagnostics(
  errors: readonly ToolchainDiagnostic[],
  documentOf: (file: string) => TextDocument | undefined,
  fallbackFile: string,
  fatal: boolean,
): Diagnostic[] {
  const found = errors.map((error): Diagnostic => {
    const file = error.file === '' ? fallbackFile : error.file;
    const document = documentOf(file);
    return {
      code: error.code.replaceAll('_', '-'),
      severity: 'error',
      message: error.message.replace(/\s*\n\s*/g, '; '),
      file,
      range: document ? rangeOf(error, document) : null,
      ...(fatal && { fatal }),
    };
  });
  const seen = new Map(found.map((item) => [`${item.file} ${item.range?.start} ${item.message}`, item]));
  return [...seen.values()].sort(byPlace);
}

/** What OPA points at: the text it names, up to the end of its first line, else one character. */
export function rangeOf(error: ToolchainDiagnostic, document: TextDocument): TextRange | null {
  if (error.offset < 0) return null;
  const start = document.fromUtf8(error.offset);
  const end = document.fromUtf8(error.offset + error.length);
  const lineEnd = document.text.slice(start, end).search(/[\r\n]/);
  const stop = lineEnd > 0 ? start + lineEnd : end;
  return { start, end: Math.min(document.text.length, Math.max(stop, start + 1)) };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const byStart = (a.range?.start ?? 0) - (b.range?.start ?? 0);
  return byStart !== 0 ? byStart : a.message < b.message ? -1 : 1;
}
