/** Control references as they are written in comments and sidecars: `eu-ai-act:14(1) "Human oversight"`, `none`. */
import type { ControlTag, TextRange } from '@benchbook/model';
import type { Findings } from './nodes.ts';

const REFERENCE = /^([a-z0-9][a-z0-9-]*)(?:@([A-Za-z0-9.-]+))?:(\S.*)$/;
const NONE = /^none(?:\s*:\s*(.*))?$/;

/** A reference, with what the author wrote beside its id; null where the text is none. */
export function parseReference(text: string, file: string, range: TextRange): ControlTag | null {
  const parts = REFERENCE.exec(text.trim());
  if (!parts) return null;
  const [, framework = '', edition, rest = ''] = parts;
  const { id, label } = splitLabel(rest.trim());
  if (id === '') return null;
  return {
    framework,
    ...(edition !== undefined && { edition }),
    id,
    file,
    range,
    ...(label !== '' && { label }),
  };
}

/**
 * Parts an id from the label after it. A label is quoted, or begins with a letter after an id that is complete: one
 * word, or a word without digits and the number after it (`GOVERN 1.2`, `Annex III(5)(b)`).
 */
function splitLabel(text: string): { id: string; label: string } {
  const quote = text.indexOf('"');
  if (quote >= 0)
    return { id: text.slice(0, quote).trim(), label: text.slice(quote).replaceAll('"', '').trim() };
  const [first = '', ...words] = text.split(/\s+/);
  let id = first;
  const takesNumber = /^[A-Za-z]+\.?$/.test(first);
  if (takesNumber && /^(?:[A-Za-z]?\.?\d|[IVXLCDM]+(?![A-Za-z]))/.test(words[0] ?? ''))
    id += ` ${words.shift()}`;
  while (words.length > 0 && !/^\p{L}/u.test(words[0] ?? '')) id += ` ${words.shift()}`;
  return { id, label: words.join(' ') };
}

/** The reason of `none` or `none: REASON`, empty where there is none; null where the text says something else. */
export function parseNone(text: string): string | null {
  const parts = NONE.exec(text.trim());
  return parts && unquoted((parts[1] ?? '').trim());
}

function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1).trim() : text;
}

/** Reads references between commas; commas in parentheses and quotes do not part them. */
export function readReferences(list: string, offset: number, file: string, findings: Findings): ControlTag[] {
  const tags: ControlTag[] = [];
  for (const part of list.matchAll(/(?:[^,()"]|\([^()"]*\)|"[^"]*"?|[()])+/g)) {
    const reference = part[0].trim();
    if (reference === '') continue;
    const start = offset + part.index + part[0].indexOf(reference);
    const range = { start, end: start + reference.length };
    const tag = parseReference(reference, file, range);
    if (tag) tags.push(tag);
    else unreadable(reference, range, findings);
  }
  return tags;
}

/** Tells that a text is no reference. */
export function unreadable(reference: string, range: TextRange, findings: Findings): void {
  const message = `\`${reference.slice(0, 80)}\` is no control: write FRAMEWORK:ID, as in eu-ai-act:14(4)(d)`;
  findings.add('cel-control-error', message, range, { severity: 'warning' });
}
