import type { Json } from '@benchbook/model';
import type { LooseLiteral, LooseNode } from '../../syntax/loose/node.ts';
import { bare } from '../../syntax/loose/node.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The value of a string literal; null for other nodes. Escapes that are none stay as they are. */
export function stringValue(node: LooseNode | undefined, text: string): string | null {
  const inner = node && bare(node);
  if (inner?.kind !== 'literal' || inner.type !== 'string') return null;
  return literalText(inner, text);
}

function literalText(literal: LooseLiteral, text: string): string {
  const { content, isRaw } = literal;
  if (!content) return '';
  const written = text.slice(content.start, content.end);
  if (isRaw || !written.includes('\\')) return written;
  return written.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]))/g,
    (whole, x, u, U, octal, letter) => {
      if (letter !== undefined) return ESCAPES[letter] ?? letter;
      const code = octal === undefined ? Number.parseInt(x ?? u ?? U, 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** What stands between the quotes of a literal for a text. */
export function escapeContent(text: string, quote: '"' | "'"): string {
  return Array.from(text.toWellFormed(), (point) => {
    if (point === quote || point === '\\') return `\\${point}`;
    if (point === '\n') return '\\n';
    if (point === '\t') return '\\t';
    const code = point.codePointAt(0) ?? 0;
    return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : point;
  }).join('');
}

/** A JSON scalar as a literal; null for others. */
export function literalOf(value: Json): string | null {
  if (typeof value === 'string') return `"${escapeContent(value, '"')}"`;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return typeof value === 'boolean' || value === null ? String(value) : null;
}

/** The first line of a text that holds something, cut where it is long. */
export function firstLine(text: string): string {
  const line = /[^\s][^\n\r]*/.exec(text.slice(0, 1000))?.[0].trimEnd() ?? '';
  return line.length > 120 ? `${line.slice(0, 120).toWellFormed()}…` : line;
}
