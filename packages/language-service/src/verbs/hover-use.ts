import {
  getOwn,
  type Hover,
  isObject,
  type Json,
  pointerTokens,
  type ToolKnowledge,
  type Use,
} from '@benchbook/model';
import { calls } from '../text/counts.ts';
import { escapeMarkdown, markdownCode } from '../text/markdown.ts';

/** What tools and recordings tell of a name, where the language itself has nothing to say. */
export function hoverUse(use: Use, known: ToolKnowledge): Hover | null {
  const contents = use.kind === 'tool' ? toolText(use.name, known) : factText(use.pointer, use.tools, known);
  return contents === '' ? null : { range: use.range, contents };
}

function toolText(name: string, { tools, calls: recorded }: ToolKnowledge): string {
  const tool = tools.find((one) => one.name === name);
  const count = recorded.get(name);
  if (!tool && count === undefined) return '';
  return paragraphs([
    `tool ${markdownCode(name)}${tool?.server === undefined ? '' : ` of ${markdownCode(tool.server)}`}`,
    tool?.description === undefined ? '' : escapeMarkdown(tool.description.slice(0, 1_000)),
    count === undefined ? '' : `${calls(count)} recorded`,
  ]);
}

function factText(pointer: string, tools: readonly string[], known: ToolKnowledge): string {
  const path = pointerTokens(pointer);
  const isMeant = (tool: string): boolean => tools.length === 0 || tools.includes(tool);
  const fields = known.fields.filter((field) => field.pointer === pointer && isMeant(field.tool));
  const told = known.tools
    .filter(({ name }) => isMeant(name))
    .map(({ inputSchema }) => (path[0] === 'args' ? descriptionAt(inputSchema, path.slice(1)) : undefined))
    .find((description) => description !== undefined);
  if (fields.length === 0 && told === undefined) return '';
  const types = [...new Set(fields.flatMap((field) => field.types))].sort();
  const examples = fields.flatMap((field) => field.examples).slice(0, 5);
  return paragraphs([
    `${markdownCode(path.join('.'))}${types.length === 0 ? '' : ` (${types.join(' or ')})`}`,
    told === undefined ? '' : escapeMarkdown(told.slice(0, 1_000)),
    examples.length === 0
      ? ''
      : `recorded: ${examples.map((one) => markdownCode(shown(one), 60)).join(', ')}`,
  ]);
}

function descriptionAt(schema: Json | undefined, path: readonly string[]): string | undefined {
  let current = schema;
  for (const step of path) {
    const holder = isObject(current) ? getOwn(current, step === '-' ? 'items' : 'properties') : undefined;
    current = step === '-' ? holder : isObject(holder) ? getOwn(holder, step) : undefined;
  }
  const description = isObject(current) ? getOwn(current, 'description') : undefined;
  return typeof description === 'string' ? description : undefined;
}

function shown(value: Json): string {
  return typeof value === 'bigint' ? `${value}` : JSON.stringify(value);
}

function paragraphs(list: readonly string[]): string {
  return list.filter((one) => one !== '').join('\n\n');
}
