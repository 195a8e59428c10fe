import type { CallResult, Json, JsonObject } from '@benchbook/model';
import type { Arguments } from '../../call/draft.ts';
import { array, object, objects, text, word } from '../../json/access.ts';

/** A tool call as a message tells it. */
export interface AskedCall {
  readonly id?: string | undefined;
  readonly name: string;
  readonly server?: string | undefined;
  readonly args: Arguments;
}

/** A tool's answer as a message tells it. */
export interface ToldResult {
  readonly id?: string | undefined;
  /** The tool's name, where the answer repeats it. */
  readonly name?: string | undefined;
  readonly result: CallResult;
  /** The whole call, where the answer repeats it. */
  readonly call?: AskedCall | undefined;
}

/** The calls of an assistant's message: OpenAI's `tool_calls` and `function_call`, Anthropic's `tool_use` blocks. */
export function askedCalls(message: JsonObject): AskedCall[] {
  const legacy = object(message.function_call);
  return [
    ...objects(message.tool_calls).map(askedCall),
    ...(legacy ? [askedCall({ function: legacy })] : []),
    ...objects(message.content).filter(isToolUse).map(askedBlock),
  ].filter((call) => call !== undefined);
}

/** The answers in a message: those of role `tool` or `function`, Anthropic's `tool_result` blocks. */
export function toldResults(message: JsonObject): ToldResult[] {
  if (message.role === 'tool' || message.role === 'function') {
    const error = text(message.error);
    const content = flatten(message.content);
    const call = object(message.tool_call);
    return [
      {
        id: word(message.tool_call_id),
        name: word(message.name),
        result:
          error === undefined
            ? { status: 'ok', ...(content === undefined ? {} : { content }) }
            : { status: 'error', content: content === undefined || content === '' ? error : content },
        call: call && askedCall(call),
      },
    ];
  }
  return objects(message.content).filter(isToolResult).map(toldBlock);
}

/** True for a block by which Anthropic's API asks for a tool: the client's, its own, or an MCP server's. */
export function isToolUse(block: JsonObject): boolean {
  return /^(server_|mcp_)?tool_use$/.test(text(block.type) ?? '') && word(block.name) !== undefined;
}

/** True for a block that answers one. */
export function isToolResult(block: JsonObject): boolean {
  return /(^|_)tool_result$/.test(text(block.type) ?? '') && word(block.tool_use_id) !== undefined;
}

/** Text parts as one text; anything else as it is. */
export function flatten(content: Json | undefined): Json | undefined {
  const parts = array(content);
  if (!parts || parts.length === 0) return content ?? undefined;
  const texts = parts.map((part) => {
    const item = object(part);
    return item === undefined ? text(part) : (text(item.text) ?? text(item.content));
  });
  return texts.every((part) => part !== undefined) ? texts.join('\n') : content;
}

/** Arguments that are text by intent (OpenAI's custom tools), never JSON to be parsed. */
export function freeText(input: Json | undefined): Arguments {
  const value = text(input);
  return value === undefined ? 'unrecorded' : { raw: value };
}

/** Arguments as an object or as its JSON text. */
export function argumentsOf(value: Json | undefined): Arguments {
  if (value === undefined) return 'unrecorded';
  return typeof value === 'string' ? { text: value } : { value };
}

/** `{ function: { name, arguments } }`, AgentDojo's `{ function: name, args }`, LangChain's `{ name, args }`. */
function askedCall(call: JsonObject): AskedCall | undefined {
  const id = word(call.id);
  const custom = object(call.custom);
  const customName = word(custom?.name);
  if (custom && customName !== undefined) return { id, name: customName, args: freeText(custom.input) };
  const inner = object(call.function);
  const name = word(inner?.name) ?? word(call.function) ?? word(call.name);
  if (name === undefined) return undefined;
  return { id, name, args: argumentsOf(inner ? inner.arguments : (call.args ?? call.arguments)) };
}

function askedBlock(block: JsonObject): AskedCall {
  return {
    id: word(block.id),
    name: word(block.name)!,
    server: word(block.server_name),
    args: argumentsOf(block.input),
  };
}

function toldBlock(block: JsonObject): ToldResult {
  const content = flatten(block.content);
  const failed = block.is_error === true || /_error$/.test(text(object(block.content)?.type) ?? '');
  return {
    id: word(block.tool_use_id),
    result: { status: failed ? 'error' : 'ok', ...(content === undefined ? {} : { content }) },
  };
}
