import type { PolicyPreview, Preview, TextRange } from '@benchbook/model';
import type { EditorDiagnostic } from '../api.ts';

/** Policies that nothing exercises, and that err. Empty unless every call is decided and there are some. */
export function previewFindings(preview: Preview | null): EditorDiagnostic[] {
  if (!preview || preview.stale || preview.total === 0 || preview.decided < preview.total) return [];
  return preview.policies.flatMap((policy): EditorDiagnostic[] => {
    const { applied, errors, file } = policy;
    if (errors === 0 && applied > 0) return [];
    if (errors > 0) {
      const range = headOf(policy, preview.texts.get(file) ?? '');
      const message = errsMessage(policy, preview.total);
      return [{ code: 'policy-errs', severity: 'warning', message, file, range }];
    }
    const message = `${policy.name} is never exercised: it applies to none of ${callsOf(preview.total)}; record one that it is for, or remove it`;
    return [
      { code: 'policy-never-exercised', severity: 'hint', message, file, range: policy.range, unused: true },
    ];
  });
}

/** Longest part of an error's own text, in UTF-16 units. */
const MAX_MESSAGE = 300;

function errsMessage({ name, errors, firstError }: PolicyPreview, total: number): string {
  const first = firstError
    ? `, first on ${firstError.call}: ${firstError.message.replace(/\s+/g, ' ').slice(0, MAX_MESSAGE).toWellFormed()}`
    : '';
  return `${name} errs on ${errors} of ${callsOf(total)} and has no say in them${first}`;
}

function callsOf(count: number): string {
  return count === 1 ? '1 recorded call' : `${count} recorded calls`;
}

/** The line that names the policy, without its margins; its first line where none does. */
function headOf({ name, range }: PolicyPreview, text: string): TextRange {
  const source = text.slice(range.start, Math.min(range.end, range.start + MAX_LENGTH));
  const named = placeOf(lastPart(name), source);
  const at = named < 0 ? source.length - source.trimStart().length : named;
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const next = source.indexOf('\n', at);
  const line = source.slice(start, next < 0 ? source.length : next);
  const from = range.start + start + (line.length - line.trimStart().length);
  return { start: from, end: from + line.trim().length };
}

/** UTF-16 units of a policy in which its name is looked for. */
const MAX_LENGTH = 4_000;

/** `deny` of `agent.deny[2]`, `limit` of `pay/limit`. */
function lastPart(name: string): string {
  const bare = name.replace(/\[\d+\]$/, '');
  return bare.slice(Math.max(bare.lastIndexOf('.'), bare.lastIndexOf('/')) + 1);
}

/** Where the word first stands on its own, or -1. */
function placeOf(word: string, text: string): number {
  if (word === '') return -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWordAt(text, at - 1) && !isWordAt(text, at + word.length)) return at;
  return -1;
}

function isWordAt(text: string, index: number): boolean {
  return /[\p{L}\p{N}_-]/u.test(text.charAt(index));
}
