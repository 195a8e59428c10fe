import type { CallAgent, Json, JsonObject } from '@benchbook/model';
import type { Draft, Place } from '../call/draft.ts';
import { elapsed, isoTime, microsecondsOf } from '../call/time.ts';
import { toolName } from '../call/tool.ts';
import { identifier, object, objects, text, word } from '../json/access.ts';
import { SpanReader } from '../spans/reader.ts';
import type { Circumstances, SpanView } from '../spans/view.ts';
import type { Format } from './format.ts';
import { argumentsOf } from './messages/blocks.ts';

/** What the OpenAI Agents SDK exports: `{ data: [trace, span, ...] }`, or one trace or span a line. */
export const openaiAgents: Format = {
  name: 'openai-agents',
  title: 'OpenAI Agents SDK export',
  detect: (value) => itemsOf(value).some(isItem),
  open: (output) => new SpanReader(output, { spans: spansOf, traces: tracesOf }),
};

function itemsOf(value: Json): JsonObject[] {
  const document = object(value);
  return document && Array.isArray(document.data) ? objects(document.data) : document ? [document] : [];
}

function isItem(item: JsonObject): boolean {
  return item.object === 'trace.span' || (item.object === 'trace' && word(item.id) !== undefined);
}

function spansOf(value: Json, place: Place): SpanView[] | null {
  const items = itemsOf(value);
  if (!items.some(isItem)) return null;
  return items.map((item) => viewOf(item, place)).filter((view) => view !== undefined);
}

function tracesOf(value: Json): (readonly [string, Circumstances])[] {
  return itemsOf(value)
    .filter((item) => item.object === 'trace' && word(item.id) !== undefined)
    .map((trace) => {
      const user = identifier(object(trace.metadata)?.user_id);
      return [
        word(trace.id)!,
        { session: word(trace.group_id), user: user === undefined ? undefined : { id: user } },
      ];
    });
}

function viewOf(item: JsonObject, place: Place): SpanView | undefined {
  const id = word(item.id);
  const trace = word(item.trace_id);
  if (item.object !== 'trace.span' || id === undefined || trace === undefined) return undefined;
  const data = object(item.span_data) ?? {};
  const name = word(data.name);
  const tool = data.type === 'function' ? name : undefined;
  const started = isoTime(item.started_at, 'Z');
  const agent: CallAgent | undefined =
    data.type === 'agent' && name !== undefined ? { id: name, name } : undefined;
  return {
    id,
    trace,
    parent: word(item.parent_id),
    start: started === undefined ? undefined : Number(microsecondsOf(started)),
    isAgent: data.type === 'agent',
    agent,
    tool: tool === undefined ? undefined : toolName(tool).name,
    ...(tool === undefined ? {} : { draft: () => draftOf(item, data, tool, place) }),
  };
}

function draftOf(item: JsonObject, data: JsonObject, tool: string, place: Place): Draft {
  const ts = isoTime(item.started_at, 'Z');
  const ended = isoTime(item.ended_at, 'Z');
  const error = object(item.error);
  const content = data.output ?? text(error?.message);
  return {
    place,
    ts,
    durationMs: elapsed(ts, ended),
    tool,
    server: word(object(data.mcp_data)?.server),
    args: argumentsOf(data.input ?? undefined),
    result: {
      status: error ? 'error' : ended === undefined ? 'pending' : 'ok',
      ...(content === undefined || content === null ? {} : { content }),
    },
  };
}
