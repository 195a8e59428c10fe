import type { PolicyPreview, Preview, TextRange } from '@benchbook/model';
import type { EditorDiagnostic } from '../api.ts';

/** Policies that nothing exercises, and that err. Empty unless every call is decided and there are some. */
export function previewFindings(preview: Preview | null): EditorDiagnostic[] {
  if (!preview || preview.stale || preview.total === 0 || preview.decided < preview.total) return [];
  return preview.policies.flatMap((policy): EditorDiagnostic[] => {
    const { applied, errors, file } = policy;
    if (errors === 0 && applied > 0) return [];
    const range = headOf(policy, preview.texts.get(file) ?? '');
    if (errors > 0) {
      const message = errsMessage(policy, preview.total);
      return [{ code: 'policy-errs', severity: 'warning', message, file, range }];
    }
    const message = `${policy.name} is never exercised: it applies to none of ${callsOf(preview.total)}; record one that it is for, or remove it`;
    return [{ code: 'policy-never-exercised', severity: 'hint', message, file, range, unused: true }];
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
  const lines: TextRange[] = [];
  for (let start = range.start; start < range.end && lines.length < MAX_LINES; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 || next > range.end ? range.end : next;
    lines.push({ start, end });
    start = end + 1;
  }
  const word = nameIn(name);
  const named = lines.find((line) => word.test(text.slice(line.start, line.end)));
  const filled = lines.find(({ start, end }) => text.slice(start, end).trim() !== '');
  const line = named ?? filled ?? range;
  const source = text.slice(line.start, line.end);
  const start = line.start + (source.length - source.trimStart().length);
  return { start, end: start + source.trim().length };
}

/** Lines of a policy among which its name is looked for. */
const MAX_LINES = 50;

/** The last part of a name (`deny` of `agent.deny[2]`, `limit` of `pay/limit`) as a word. */
function nameIn(name: string): RegExp {
  const last = name
    .replace(/\[\d+\]$/, '')
    .split(/[./]/)
    .at(-1)!;
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${escaped(last)}(?![\\p{L}\\p{N}_-])`, 'u');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
