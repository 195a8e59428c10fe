import type { ToolKnowledge } from '@benchbook/model';
import type { Context } from '../context.ts';
import type { RuleGroup } from '../index/workspace.ts';
import { code, escapeMarkdown, literal } from '../markdown.ts';
import { metadataText } from '../syntax/metadata.ts';
import type { Member } from './input.ts';

/** A rule's or function's head on one line: `is_secret(file)`, `deny contains ...`. */
export function headText(group: RuleGroup): string {
  const first = group.lines.find(({ line }) => !line.rule.head.default) ?? group.lines[0]!;
  const { head } = first.line.rule;
  const name = head.reference
    ? first.file.text.slice(head.reference.range.start, head.reference.range.end)
    : group.name;
  if (head.arguments) {
    return `${name}(${head.arguments.map(({ start, end }) => first.file.text.slice(start, end)).join(', ')})`.replaceAll(
      /\s+/g,
      ' ',
    );
  }
  return head.contains ? `${name} contains ...` : name;
}

/** What METADATA says of a rule, and how many clauses it has. */
export function ruleDocs(group: RuleGroup): string {
  const parts: string[] = [];
  for (const { line } of group.lines.slice(0, 20)) {
    const metadata = line.metadata();
    if (!metadata) continue;
    const title = metadataText(metadata, 'title');
    const description = metadataText(metadata, 'description');
    const text = [title && `**${escapeMarkdown(title)}**`, description && escapeMarkdown(description)]
      .filter((part) => part !== '')
      .join(' ');
    if (text !== '') parts.push(text);
  }
  const clauses = group.lines.filter(({ line }) => !line.rule.head.default).length;
  const where = [...new Set(group.lines.map(({ file }) => file.path))];
  const count = `${clauses} ${clauses === 1 ? 'clause' : 'clauses'} in ${where.slice(0, 3).map(code).join(', ')}`;
  const list = parts.length > 1 ? parts.map((part) => `- ${part}`).join('\n') : parts.join('');
  return [list, count].filter((part) => part !== '').join('\n\n');
}

/** What is known of a member of the input. */
export function memberDocs(member: Member): string {
  const parts: string[] = [];
  if (member.description !== '') parts.push(escapeMarkdown(member.description));
  if (member.calls > 0)
    parts.push(
      `Recorded in ${member.calls.toLocaleString('en-US')} ${member.calls === 1 ? 'call' : 'calls'}.`,
    );
  if (member.examples.length > 0) {
    parts.push(
      `Examples: ${member.examples
        .slice(0, 5)
        .map((value) => code(literal(value)))
        .join(', ')}`,
    );
  }
  return parts.join('\n\n');
}

/** What is known of a tool. */
export function toolDocs(name: string, known: ToolKnowledge): string {
  const parts: string[] = [];
  for (const tool of known.tools) {
    if (tool.name !== name) continue;
    if (tool.server !== undefined) parts.push(`Tool of ${code(tool.server)}.`);
    if (tool.description !== undefined) parts.push(escapeMarkdown(tool.description));
  }
  const calls = known.calls.get(name) ?? 0;
  if (calls > 0) parts.push(`${calls.toLocaleString('en-US')} recorded ${calls === 1 ? 'call' : 'calls'}.`);
  return parts.join('\n\n');
}

/** Names of tools that are declared or recorded, sorted. */
export function toolNames(known: ToolKnowledge): string[] {
  return [...new Set([...known.tools.map(({ name }) => name), ...known.calls.keys()])].sort();
}

/** The type of a rule as OPA's checker found it, '' where it is not known or says nothing. */
export function ruleType(context: Context, group: RuleGroup): string {
  const type = context.typeOf([...group.package, group.name]);
  return type === 'any' ? '' : type;
}
