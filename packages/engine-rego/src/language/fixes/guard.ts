import type { CodeFix, TextEdit, TextRange } from '@benchbook/model';
import type { Context } from '../context.ts';
import { inputRead } from '../index/facts.ts';
import { type RegoFile, type RuleLine, ruleAt } from '../index/file.ts';
import type { Reference } from '../syntax/rule.ts';

/**
 * Where a rule reads a member of the call that may be absent: a value in its place (`object.get`), or an expression
 * before it that says it must be there.
 */
export function guardRefactors(context: Context, file: RegoFile, range: TextRange): CodeFix[] {
  const line = ruleAt(file, range.start);
  const reference = line?.rule.references.find(
    ({ range: place }) => place.start <= range.start && range.end <= place.end,
  );
  if (!line || !reference || reference.target || reference.call) return [];
  const read = inputRead(context, file, reference);
  if (!read || reference.steps.length === 0 || read.path.length < 2) return [];
  if (reference.steps.some(({ name }) => name === null || name === '') || insideGet(line, reference))
    return [];
  const text = file.text.slice(reference.range.start, reference.range.end);
  const keys = reference.steps.map(({ name }) => JSON.stringify(name));
  const root = reference.head.text;
  const key = keys.length === 1 ? keys[0]! : `[${keys.join(', ')}]`;
  const got = `object.get(${root}, ${key}, `;
  const edit = { range: reference.range, newText: `${got}null)` };
  const out: CodeFix[] = [
    {
      title: `Read \`${text}\` with a default`,
      kind: 'refactor',
      edits: [{ file: file.path, edits: [edit] }],
      cursor: reference.range.start + got.length,
    },
  ];
  const guard = existence(file, line, reference, text);
  if (guard) {
    out.push({
      title: `Require \`${text}\` first`,
      kind: 'refactor',
      edits: [{ file: file.path, edits: [guard] }],
    });
  }
  return out;
}

/** A line before the expression that holds where the member is there, whatever its value. */
function existence(file: RegoFile, line: RuleLine, reference: Reference, text: string): TextEdit | undefined {
  const { tokens } = line.statement;
  let first = reference.from;
  while (first > 0 && !tokens[first]!.first) first--;
  const start = tokens[first]!.start;
  if (first === 0 || start < line.statement.range.start) return undefined;
  const lineStart = file.text.lastIndexOf('\n', start - 1) + 1;
  const indent = file.text.slice(lineStart, start);
  if (indent.trim() !== '') return undefined;
  // In an expression over several lines, or between brackets of a term, a line of its own has no place.
  const body = line.rule.bodies.findLast(
    ({ start: from, end }) => from <= start && reference.range.end <= end,
  );
  const opener = tokens[first - 1]?.text ?? '';
  if (!body || /^(?:[([,|:]|:=|==|[-+*/%&<>])$/.test(opener)) return undefined;
  return { range: { start, end: start }, newText: `${text} != null\n${indent}` };
}

function insideGet(line: RuleLine, { from }: Reference): boolean {
  return line.rule.references.some(
    ({ head, steps, to, call }) =>
      call && head.text === 'object' && steps[0]?.name === 'get' && to + 1 === from,
  );
}
