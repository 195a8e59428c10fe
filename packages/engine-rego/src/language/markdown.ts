import type { Json } from '@benchbook/model';

const MAX_TEXT = 600;

/** Text from users or recordings, as Markdown that shows it and does nothing else. */
export function escapeMarkdown(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text;
  return cut.replaceAll(/[\\`*_{}[\]<>()#+!|~&$-]/g, '\\$&').replaceAll(/\s*[\r\n]+\s*/g, ' ');
}

/** Text as a code span, on one line. */
export function code(text: string): string {
  const line = text.replaceAll(/[\r\n\t]+/g, ' ').slice(0, 120);
  const ticks = '`'.repeat(1 + Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const pad = line.startsWith('`') || line.endsWith('`') || line.trim() === '' ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** Rego as a block. */
export function block(text: string): string {
  const ticks = '`'.repeat(
    Math.max(3, 1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))),
  );
  return `${ticks}rego\n${text}\n${ticks}`;
}

/** A value as Rego writes it, cut where it is long. */
export function literal(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
