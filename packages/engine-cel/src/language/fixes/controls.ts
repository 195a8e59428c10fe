/** Starts a `@controls` comment above a policy, or goes on in the one that is there. */
import type { CodeFix } from '@benchbook/model';
import { type CaseOutline, everyRule } from '../document/policy.ts';
import { type FixContext, fixOf, touches } from './context.ts';

export function controlFixes(context: FixContext): CodeFix[] {
  const { document, range } = context;
  if (document.kind === 'expression') {
    const [first] = document.sites[0]?.tree.tokens ?? [];
    return first ? [commentFix(context, first.start, '//')] : [];
  }
  let own: CaseOutline | null = null;
  for (const rule of everyRule(document.policy.rule)) {
    own = rule.cases.find((entry) => touches(entry.range, range)) ?? own;
  }
  if (!own || own.nested) return [];
  const lineStart = document.text.lastIndexOf('\n', own.range.start - 1) + 1;
  const isBlock = document.text.slice(lineStart, own.range.start).trim() === '';
  return isBlock ? [commentFix(context, own.range.start, '#')] : [];
}

/** `at`: in the first line of the policy. */
function commentFix(context: FixContext, at: number, sign: string): CodeFix {
  const { text } = context.document;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const existing = markerAbove(text, lineStart, sign);
  if (existing !== null) {
    const newText = /@controls\s*$/.test(text.slice(0, existing)) ? ' ' : ', ';
    const edit = { range: { start: existing, end: existing }, newText };
    return fixOf(context, 'Add a control', edit, { kind: 'refactor', cursor: existing + newText.length });
  }
  const indent = /^[ \t]*/.exec(text.slice(lineStart, at))?.[0] ?? '';
  const comment = `${indent}${sign} @controls `;
  const edit = { range: { start: lineStart, end: lineStart }, newText: `${comment}\n` };
  return fixOf(context, 'Add a control', edit, { kind: 'refactor', cursor: lineStart + comment.length });
}

/** The end of a line with `@controls` in the comment directly above; null where there is none. */
function markerAbove(text: string, from: number, sign: string): number | null {
  for (let lineStart = from; lineStart > 0; ) {
    const start = text.lastIndexOf('\n', lineStart - 2) + 1;
    const line = text.slice(start, lineStart - 1).trimEnd();
    if (!line.trimStart().startsWith(sign)) return null;
    if (/@controls\b/.test(line)) return /@controls\s+none\b/.test(line) ? null : start + line.length;
    lineStart = start;
  }
  return null;
}
