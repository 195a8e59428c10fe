import type { CodeFix, TextRange } from '@benchbook/model';
import { roleOf } from '../../sets/roles.ts';
import type { Context } from '../context.ts';
import { type RegoFile, type RuleLine, ruleAt } from '../index/file.ts';

/** Where a decision rule, or a helper, may be given METADATA with a title and a control. */
export function controlRefactors(context: Context, file: RegoFile, range: TextRange): CodeFix[] {
  const line = ruleAt(file, range.start);
  if (!line || range.start > line.statement.range.end || file.test || line.rule.head.default) return [];
  if (!roleOf(line.name) && !isEntrypoint(context, file, line)) return [];
  const metadata = line.metadata();
  const title = `Add a control to \`${line.name}\``;
  if (!metadata) {
    const at = line.statement.range.start;
    const head = `# METADATA\n# title: ${line.name}\n# custom:\n#   controls:\n#     `;
    return [fix(title, file.path, at, `${head}\n`, at + head.length)];
  }
  const top = Math.min(...metadata.lines.map(({ indent }) => indent));
  const customAt = metadata.lines.findIndex(({ key, indent }) => key === 'custom' && indent === top);
  if (customAt < 0) {
    const at = metadata.range.end;
    const text = '\n# custom:\n#   controls:\n#     ';
    return [fix(title, file.path, at, text, at + text.length)];
  }
  const custom = metadata.lines[customAt]!;
  const inside = metadata.lines.slice(customAt + 1);
  const end = inside.findIndex(({ indent, key }) => indent <= custom.indent && key !== null);
  const block = end < 0 ? inside : inside.slice(0, end);
  const controls = block.find(({ key }) => key === 'controls');
  // A flow mapping, or a word such as `none`, is not added to.
  if ((controls ?? custom).value !== '') return [];
  const below = controls ?? custom;
  const margin = ' '.repeat(below.indent + 2);
  const text = controls ? `\n#${margin}` : `\n#${margin}controls:\n#${margin}  `;
  return [fix(title, file.path, below.range.end, text, below.range.end + text.length)];
}

function isEntrypoint(context: Context, file: RegoFile, line: RuleLine): boolean {
  const path = [...file.package.map(({ name }) => name), line.name].join('.');
  if (context.entrypoints.some((one) => one.replaceAll('/', '.').replace(/^data\./, '') === path))
    return true;
  return line.metadata()?.lines.some(({ key, value }) => key === 'entrypoint' && value === 'true') ?? false;
}

function fix(title: string, file: string, at: number, newText: string, cursor: number): CodeFix {
  return {
    title,
    kind: 'refactor',
    edits: [{ file, edits: [{ range: { start: at, end: at }, newText }] }],
    cursor,
  };
}
