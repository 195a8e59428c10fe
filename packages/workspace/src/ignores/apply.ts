import {
  type Diagnostic,
  type Severity,
  type TextDocument,
  type TextRange,
  textDocument,
} from '@benchbook/model';
import { finding, sortDiagnostics } from '../diagnostics.ts';

export interface IgnorableFile {
  readonly path: string;
  readonly text: string;
  /** What starts a comment in it. */
  readonly comment: string;
}

/** One code of a `benchbook-ignore CODE, CODE: reason`. */
interface Ignore {
  readonly code: string;
  readonly reason: string;
  readonly range: TextRange;
  /** 1-based lines that it speaks for, both included. */
  readonly from: number;
  readonly to: number;
  used: boolean;
}

/**
 * What is left of `diagnostics` once comments `benchbook-ignore CODE: reason` and the manifest's severities
 * have spoken, with what is wrong with those comments. A comment speaks for its own line; alone on its line,
 * for what follows up to and with the first line that is not comment or blank, and at the top of a file also for
 * findings about the whole file. What is `fatal` cannot be silenced: decisions would be other than shown. A comment
 * about a code of `unjudged`, which nobody looked for, is not unused; an entry `check/` is every code that starts so.
 */
export function applyIgnores(
  diagnostics: readonly Diagnostic[],
  files: readonly IgnorableFile[],
  severities: Readonly<Record<string, Severity | 'off'>> = {},
  unjudged: readonly string[] = [],
): Diagnostic[] {
  const byFile = new Map<string, { document: TextDocument; ignores: Ignore[] }>();
  for (const file of files) {
    if (!file.text.includes(MARKER)) continue;
    const document = textDocument(file.text);
    byFile.set(file.path, { document, ignores: findIgnores(file, document) });
  }

  const kept = diagnostics.filter((diagnostic) => {
    const file = byFile.get(diagnostic.file);
    if (!file || diagnostic.fatal) return true;
    const line = diagnostic.range ? file.document.lineColumn(diagnostic.range.start).line : 0;
    let silenced = false;
    for (const ignore of file.ignores) {
      if (ignore.code !== diagnostic.code || line < ignore.from || line > ignore.to) continue;
      ignore.used = true;
      silenced ||= ignore.reason !== '';
    }
    return !silenced;
  });

  for (const [path, { ignores }] of byFile) {
    for (const { code, reason, range, used } of ignores) {
      if (reason === '') {
        const message = `say why after a colon: \`benchbook-ignore ${code || 'CODE'}: reason\``;
        kept.push(finding('ignore-without-reason', path, range, message));
      } else if (
        !used &&
        !unjudged.some((one) => (one.endsWith('/') ? code.startsWith(one) : code === one))
      ) {
        const message = `nothing here is \`${code}\`; remove this comment`;
        kept.push(finding('unused-ignore', path, range, message));
      }
    }
  }
  return sortDiagnostics(withSeverities(kept, severities));
}

const MARKER = 'benchbook-ignore';

function withSeverities(
  diagnostics: readonly Diagnostic[],
  severities: Readonly<Record<string, Severity | 'off'>>,
): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const severity = Object.hasOwn(severities, diagnostic.code) ? severities[diagnostic.code] : undefined;
    if (severity === undefined || diagnostic.fatal) return [diagnostic];
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}

function findIgnores({ text, comment }: IgnorableFile, document: TextDocument): Ignore[] {
  const lines = text.split(/\r\n|\n|\r/);
  const nextCode = nextCodeLines(lines, comment);
  const ignores: Ignore[] = [];
  let atTop = true;
  for (const [index, line] of lines.entries()) {
    const alone = isComment(line, comment);
    const found = parseIgnore(line, comment);
    if (found) {
      const start = document.offsetAt(index + 1, found.start + 1);
      const range = { start, end: start + found.length };
      const from = alone && atTop ? 0 : index + 1;
      const to = alone ? nextCode[index]! : index + 1;
      for (const code of found.codes)
        ignores.push({ code, reason: found.reason, range, from, to, used: false });
    }
    atTop &&= alone;
  }
  return ignores;
}

/** For each line (by 0-based index) the 1-based line of the first one after it that holds more than a comment. */
function nextCodeLines(lines: readonly string[], comment: string): number[] {
  const next: number[] = new Array(lines.length);
  let code = lines.length;
  for (let index = lines.length - 1; index >= 0; index--) {
    next[index] = code;
    if (!isComment(lines[index]!, comment)) code = index + 1;
  }
  return next;
}

function isComment(line: string, comment: string): boolean {
  const trimmed = line.trim();
  return trimmed === '' || trimmed.startsWith(comment);
}

/** The marker right after a comment's start, on one line. */
function parseIgnore(
  line: string,
  comment: string,
): { codes: string[]; reason: string; start: number; length: number } | undefined {
  for (let at = line.indexOf(MARKER); at !== -1; at = line.indexOf(MARKER, at + 1)) {
    if (
      !line
        .slice(Math.max(0, at - 80), at)
        .trimEnd()
        .endsWith(comment)
    )
      continue;
    const body = line.slice(at).trimEnd();
    const rest = body.slice(MARKER.length);
    if (/^[\w-]/.test(rest)) continue;
    const colon = rest.indexOf(':');
    const codes = (colon === -1 ? rest : rest.slice(0, colon)).split(/[\s,]+/).filter((code) => code !== '');
    const reason = colon === -1 ? '' : rest.slice(colon + 1).trim();
    return { codes: codes.length > 0 ? codes : [''], reason, start: at, length: body.length };
  }
  return undefined;
}
