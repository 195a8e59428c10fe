import { type CodeFix, type Diagnostic, pointerTokens, suggest, type ToolKnowledge } from '@benchbook/model';
import type { Context } from '../context.ts';
import type { RegoFile } from '../index/file.ts';
import { toolNames } from '../knowledge/docs.ts';
import { membersBelow } from '../knowledge/input.ts';
import { uses } from '../uses.ts';
import { quickFix, spelt } from './quick.ts';

/** Near names for findings of others about a tool or an argument that is not known. */
export function nameFixes(
  context: Context,
  file: RegoFile,
  diagnostic: Diagnostic,
  known: ToolKnowledge,
): CodeFix[] {
  const { range, code } = diagnostic;
  if (!range || !/unknown-(?:tool|argument|field|member)/.test(code) || code.startsWith('rego-')) return [];
  const use = uses(context, file).find(
    (one) => one.range.start === range.start && one.range.end === range.end,
  );
  if (!use) return [];
  const name = use.kind === 'tool' ? suggest(use.name, toolNames(known)) : near(use.pointer, use.tools);
  if (name === undefined) return [];
  const edit = { range: use.range, newText: spelt(file.text, use.range, name) };
  return [quickFix(`Change to \`${name}\``, file.path, [edit], diagnostic, true)];

  function near(pointer: string, tools: readonly string[]): string | undefined {
    const path = pointerTokens(pointer).map((part) => (part === '-' ? null : part));
    const written = path.at(-1);
    // Members of the facts: the mapping has no part in them.
    const members = membersBelow(path.slice(0, -1), tools, known, undefined);
    return written
      ? suggest(
          written,
          members.map(({ name: member }) => member),
        )
      : undefined;
  }
}
