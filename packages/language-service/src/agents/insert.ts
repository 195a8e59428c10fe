import { isObject, type Json, type TextEdit } from '@benchbook/model';
import type { DataDocument, DataPath } from '@benchbook/workspace';
import { skeletonOf } from './skeletons.ts';

/**
 * The edit that begins a member of the card at `path`; null where it is written already, or where the card is not in
 * block style, which alone can be continued by lines.
 */
export function addMember(
  document: DataDocument,
  text: string,
  path: DataPath,
  member: string,
): TextEdit | null {
  const lines = skeletonOf(member);
  const card = valueAt(document.value ?? null, path);
  if (!lines || !isObject(card)) return null;
  const [top = '', inner] = member.split('.');
  if (inner === undefined) return Object.hasOwn(card, top) ? null : below(document, text, path, card, lines);
  if (!Object.hasOwn(card, top))
    return below(document, text, path, card, [`${top}:`, ...lines.map((line) => `  ${line}`)]);
  const section = card[top];
  if (!isObject(section) || Object.hasOwn(section, inner)) return null;
  return below(document, text, [...path, top], section, lines);
}

/** Writes lines behind the last member of a block, each as far in as the members are. */
function below(
  document: DataDocument,
  text: string,
  path: DataPath,
  value: { readonly [key: string]: Json },
  lines: readonly string[],
): TextEdit | null {
  const [first] = Object.keys(value);
  if (first === undefined) return null;
  const { start, end } = document.rangeOf(path);
  if (text[start] === '{') return null;
  const key = document.keyRangeOf([...path, first]).start;
  const column = key - (text.lastIndexOf('\n', key - 1) + 1);
  const at = start + text.slice(start, end).trimEnd().length;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = lines.map((line) => `${eol}${' '.repeat(column)}${line}`).join('');
  return { range: { start: at, end: at }, newText };
}

function valueAt(root: Json, path: DataPath): Json | undefined {
  let current: Json | undefined = root;
  for (const step of path)
    current = Array.isArray(current)
      ? (current as readonly Json[])[Number(step)]
      : isObject(current) && Object.hasOwn(current, step)
        ? current[step]
        : undefined;
  return current;
}
