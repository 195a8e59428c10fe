/** Reads tools from a file that holds an answer of MCP `tools/list`, or a list of tools. */
import { getOwn, isObject, type Json, type JsonObject, type ToolDefinition } from '@benchbook/model';

/** Longest text that is read, in UTF-16 units. */
const MOST_TEXT = 4 * 1024 * 1024;

/** Names of files that hold tools of any server. */
const GENERAL_NAMES = new Set(['tools', 'tools-list', 'tools_list', 'list', 'all', 'index']);

/**
 * Tools with a name; an empty list where the text holds none or is no JSON. The server is the tool's own, else the one
 * beside the list, else the file's name: as a workspace reads them.
 */
export function readTools(path: string, text: string): ToolDefinition[] {
  if (text.length > MOST_TEXT) return [];
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const result = isObject(value) ? getOwn(value, 'result') : undefined;
  const holder = isObject(result) ? result : value;
  const tools = isObject(holder) ? getOwn(holder, 'tools') : holder;
  const beside = isObject(holder) ? serverBeside(holder) : undefined;
  const server = beside ?? serverOfFile(path);
  return Array.isArray(tools) ? tools.flatMap((tool) => readTool(tool, server)) : [];
}

function readTool(tool: Json, beside: string | undefined): ToolDefinition[] {
  if (!isObject(tool)) return [];
  const name = word(getOwn(tool, 'name'));
  if (name === undefined) return [];
  const server = word(getOwn(tool, 'server')) ?? beside;
  const schema = getOwn(tool, 'inputSchema');
  return [
    {
      name,
      ...(server === undefined ? {} : { server }),
      ...(isObject(schema) ? { inputSchema: schema } : {}),
    },
  ];
}

function serverBeside(holder: JsonObject): string | undefined {
  const info = getOwn(holder, 'serverInfo');
  return word(getOwn(holder, 'server') ?? (isObject(info) ? getOwn(info, 'name') : undefined));
}

function serverOfFile(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(\.tools)?\.[^.]*$/, '');
  return name === '' || GENERAL_NAMES.has(name.toLowerCase()) ? undefined : name;
}

function word(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
