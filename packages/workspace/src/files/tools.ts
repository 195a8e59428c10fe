/**
 * Tools from answers of MCP `tools/list`: `{ "tools": [...] }`, the same under `result` (a whole JSON-RPC
 * answer), or the bare list.
 *
 * The server that recordings name is, in this order: the tool's own `server`; `server` (or
 * `serverInfo.name`) beside the list; the file's base name, since one answer is one server's
 * (`tools/banking.json` holds what recordings call `banking`). Files with a general name (`tools.json`,
 * `index.json`, `tools-list.json`, `list.json`, `all.json`) hold tools of any server: theirs is left open.
 */
import {
  type Diagnostic,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type ToolDefinition,
} from '@benchbook/model';
import type { DataPath } from '../data/parse.ts';
import { finding } from '../diagnostics.ts';
import type { DataFile } from './data-file.ts';

const GENERAL_NAMES = new Set(['tools', 'tools-list', 'tools_list', 'list', 'all', 'index']);

const SHAPE = 'expected an answer of MCP tools/list: { "tools": [{ "name": ..., "inputSchema": ... }] }';

/** Tools in the order of their files. The first of two with the same server and name stands. */
export function readTools(files: readonly DataFile[]): {
  readonly tools: readonly ToolDefinition[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const tools: ToolDefinition[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const { path: file, document, value } of files) {
    const invalid = (path: DataPath, message: string) =>
      diagnostics.push(finding('tools-invalid', file, document.rangeOf(path), message));
    const list = listOf(value);
    if (!list) {
      invalid([], SHAPE);
      continue;
    }
    const server = list.server ?? serverOf(file);
    for (const [index, entry] of list.tools.entries()) {
      const path = [...list.path, index];
      const tool = toolOf(entry, server);
      if (typeof tool === 'string') {
        invalid(path, tool);
        continue;
      }
      const key = `${tool.server ?? ''}\n${tool.name}`;
      const first = seen.get(key);
      if (first !== undefined) {
        const message = `the tool \`${tool.name}\` is already defined in ${first}; this one is left out`;
        diagnostics.push(finding('tool-repeated', file, document.rangeOf([...path, 'name']), message));
        continue;
      }
      seen.set(key, file);
      tools.push(tool);
    }
  }
  return { tools, diagnostics };
}

function listOf(value: Json): { tools: readonly Json[]; path: DataPath; server?: string } | undefined {
  if (Array.isArray(value)) return { tools: value as readonly Json[], path: [] };
  if (!isObject(value)) return undefined;
  const result = getOwn(value, 'result');
  const holder = isObject(result) ? result : value;
  const tools = getOwn(holder, 'tools');
  if (!Array.isArray(tools)) return undefined;
  const server = serverBeside(holder) ?? serverBeside(value);
  const path = holder === value ? ['tools'] : ['result', 'tools'];
  return { tools: tools as readonly Json[], path, ...(server === undefined ? {} : { server }) };
}

function serverBeside(holder: JsonObject): string | undefined {
  const info = getOwn(holder, 'serverInfo');
  const name = getOwn(holder, 'server') ?? (isObject(info) ? getOwn(info, 'name') : undefined);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function serverOf(file: string): string | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/(\.tools)?\.[^.]*$/, '');
  return name === '' || GENERAL_NAMES.has(name.toLowerCase()) ? undefined : name;
}

/** The tool, or what is wrong with it. */
function toolOf(entry: Json, fileServer: string | undefined): ToolDefinition | string {
  if (!isObject(entry)) return `a tool must be an object; ${SHAPE}`;
  const name = getOwn(entry, 'name');
  if (typeof name !== 'string' || name === '') return 'a tool needs a `name`';
  const own = getOwn(entry, 'server');
  const server = typeof own === 'string' && own !== '' ? own : fileServer;
  const description = getOwn(entry, 'description');
  const schema = getOwn(entry, 'inputSchema') ?? getOwn(entry, 'input_schema');
  if (schema !== undefined && schema !== null && !isObject(schema))
    return `\`inputSchema\` of the tool \`${name}\` must be a JSON Schema object`;
  return {
    name,
    ...(server === undefined ? {} : { server }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(isObject(schema) ? { inputSchema: schema } : {}),
  };
}
