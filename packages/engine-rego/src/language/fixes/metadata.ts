import type { CodeFix, Diagnostic, TextEdit } from '@benchbook/model';
import { commentRun } from '../complete/metadata.ts';
import type { RegoFile } from '../index/file.ts';
import { readMetadata } from '../syntax/metadata.ts';
import { quickFix } from './quick.ts';

/** METADATA that stands apart from what it is about, and keys that OPA does not know at the top of it. */
export function metadataFixes(file: RegoFile, diagnostic: Diagnostic): CodeFix[] {
  const { code, range } = diagnostic;
  if (!range || (code !== 'rego/detached-metadata' && code !== 'rego/non-custom-key')) return [];
  const run = commentRun(file, range.start + 1);
  if (!run) return [];
  if (code === 'rego/detached-metadata') {
    const gap = /^(?:\r\n|\n|\r)([ \t]*(?:\r\n|\n|\r))+/.exec(file.text.slice(run.end));
    if (!gap) return [];
    const edit = { range: { start: run.end, end: run.end + gap[0].length }, newText: '\n' };
    return [quickFix('Remove the blank line', file.path, [edit], diagnostic, true)];
  }
  const metadata = readMetadata(file.text, run);
  const at = metadata?.lines.findIndex(({ keyRange }) => keyRange.start === range.start) ?? -1;
  if (!metadata || at < 0 || metadata.lines.some(({ key, indent }) => key === 'custom' && indent <= 1))
    return [];
  const first = metadata.lines[at]!;
  const rest = metadata.lines.slice(at + 1);
  const end = rest.findIndex(({ indent }) => indent <= first.indent);
  const own = [first, ...(end < 0 ? rest : rest.slice(0, end))];
  const above = first.key === 'controls' ? '# custom:\n' : '# custom:\n#   controls:\n';
  const indent = first.key === 'controls' ? '  ' : '    ';
  const edits = own.map((line, index): TextEdit => {
    const place = line.range.start + 1;
    if (index > 0) return { range: { start: place, end: place }, newText: indent };
    return { range: { start: line.range.start, end: place }, newText: `${above}#${indent}` };
  });
  return [quickFix('Move under `custom:`', file.path, edits, diagnostic, true)];
}
