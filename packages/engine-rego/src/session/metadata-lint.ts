import type { Diagnostic, SourceFile } from '@benchbook/model';

/** Keys that people write at the top of METADATA though OPA keeps only what stands under `custom`. */
const CONTROL_KEYS =
  /^#\s?(controls|eu[-_]ai[-_]act|owasp[-_]\w+|nist[-_]ai[-_]rmf|iso[-_]42001|mitre[-_]atlas)\s*:/;

/** What is wrong with where METADATA blocks stand and where controls stand in them: OPA reads past both in silence. */
export function lintMetadata({ path, text }: Pick<SourceFile, 'path' | 'text'>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = linesOf(text);
  for (let at = 0; at < lines.length; at++) {
    if (!/^#\s*METADATA\s*$/.test(lines[at]!.text)) continue;
    const start = lines[at]!;
    for (at++; at < lines.length && lines[at]!.text.startsWith('#'); at++) {
      const key = CONTROL_KEYS.exec(lines[at]!.text)?.[1];
      if (key !== undefined) found.push(nonCustomKey(path, lines[at]!, key));
    }
    if (at < lines.length && lines[at]!.text.trim() === '') found.push(detached(path, start));
  }
  return found;
}

interface Line {
  readonly start: number;
  readonly text: string;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { start, text: raw.replace(/\r$/, '') };
    start += raw.length + 1;
    return line;
  });
}

function nonCustomKey(file: string, line: Line, key: string): Diagnostic {
  const at = line.start + line.text.indexOf(key);
  const written = key === 'controls' ? '`controls:`' : '`controls:` and there the framework';
  return {
    code: 'rego/non-custom-key',
    severity: 'error',
    message: `OPA ignores \`${key}\` at the top of METADATA: put ${written} under \`custom:\``,
    file,
    range: { start: at, end: at + key.length },
  };
}

function detached(file: string, line: Line): Diagnostic {
  return {
    code: 'rego/detached-metadata',
    severity: 'warning',
    message: 'a blank line parts this METADATA from what it is about: remove it, or the block',
    file,
    range: { start: line.start, end: line.start + line.text.length },
  };
}
