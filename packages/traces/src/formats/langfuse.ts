import type { CallAgent, Json, JsonObject } from '@benchbook/model';
import type { Arguments, Draft, Place } from '../call/draft.ts';
import { elapsed, isoTime, microsecondsOf } from '../call/time.ts';
import { toolName } from '../call/tool.ts';
import { identifier, object, objects, text, word } from '../json/access.ts';
import { SpanReader } from '../spans/reader.ts';
import type { Circumstances, SpanView } from '../spans/view.ts';
import type { Format } from './format.ts';

/**
 * Traces of Langfuse with their observations (`GET /api/public/traces/ID`), a page of them (`{ data }`), or
 * observations by themselves, one a line; names in camel or snake case, as API and exports have them.
 */
export const langfuse: Format = {
  name: 'langfuse',
  title: 'Langfuse traces',
  detect: (value) => rootsOf(value).some((item) => isTrace(item) || isObservation(item)),
  open: (output) => new SpanReader(output, { spans: spansOf, traces: tracesOf }),
};

function rootsOf(value: Json): JsonObject[] {
  const document = object(value);
  if (!document) return [];
  return Array.isArray(document.data) ? objects(document.data) : [document];
}

function isTrace(item: JsonObject): boolean {
  return (
    identifier(item.id) !== undefined &&
    Array.isArray(item.observations) &&
    (objects(item.observations).length === 0
      ? 'projectId' in item
      : objects(item.observations).some(isObservation))
  );
}

function isObservation(item: JsonObject): boolean {
  return (
    identifier(either(item, 'traceId')) !== undefined &&
    identifier(item.id) !== undefined &&
    /^[A-Z]+$/.test(text(item.type) ?? '') &&
    either(item, 'startTime') !== undefined
  );
}

/** A field by its camel-case or snake-case name. */
function either(item: JsonObject, camel: string): Json | undefined {
  return item[camel] ?? item[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function spansOf(value: Json, place: Place): SpanView[] | null {
  const roots = rootsOf(value).filter((item) => isTrace(item) || isObservation(item));
  if (roots.length === 0) return null;
  return roots
    .flatMap((root) => (isTrace(root) ? objects(root.observations).filter(isObservation) : [root]))
    .map((observation) => viewOf(observation, place));
}

function tracesOf(value: Json): (readonly [string, Circumstances])[] {
  return rootsOf(value)
    .filter(isTrace)
    .map((trace) => [identifier(trace.id)!, { ...circumstancesOf(trace), agent: agentOf(trace.name) }]);
}

function circumstancesOf(item: JsonObject): Circumstances {
  const user = identifier(either(item, 'userId'));
  return {
    session: identifier(either(item, 'sessionId')),
    user: user === undefined ? undefined : { id: user },
  };
}

function agentOf(name: Json | undefined): CallAgent | undefined {
  const id = word(name);
  return id === undefined ? undefined : { id, name: id };
}

function viewOf(item: JsonObject, place: Place): SpanView {
  const name = word(item.name) ?? 'unknown';
  const started = isoTime(either(item, 'startTime'), 'Z');
  const isAgent = item.type === 'AGENT';
  const tool = item.type === 'TOOL' ? toolName(name).name : undefined;
  return {
    id: identifier(item.id)!,
    trace: identifier(either(item, 'traceId'))!,
    parent: identifier(either(item, 'parentObservationId')),
    start: started === undefined ? undefined : Number(microsecondsOf(started)),
    isAgent,
    agent: isAgent ? agentOf(name) : undefined,
    ...circumstancesOf(item),
    tool,
    ...(tool === undefined ? {} : { draft: () => draftOf(item, name, place) }),
  };
}

function draftOf(item: JsonObject, tool: string, place: Place): Draft {
  const ts = isoTime(either(item, 'startTime'), 'Z');
  const ended = isoTime(either(item, 'endTime'), 'Z');
  const failed = item.level === 'ERROR';
  const content = item.output ?? (failed ? word(either(item, 'statusMessage')) : undefined);
  const id = object(item.metadata)?.tool_call_id;
  return {
    place,
    ts,
    durationMs: elapsed(ts, ended),
    tool,
    callId: word(id),
    args: argumentsOf(item.input),
    result: {
      status: failed ? 'error' : ended === undefined && content === undefined ? 'pending' : 'ok',
      ...(content === undefined || content === null ? {} : { content }),
    },
  };
}

function argumentsOf(input: Json | undefined): Arguments {
  if (input === undefined || input === null) return 'unrecorded';
  return typeof input === 'string' ? { python: input } : { value: input };
}
