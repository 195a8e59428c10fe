import type { CallAgent, CallUser, Json, JsonObject } from '@benchbook/model';
import type { Arguments, Draft, Place } from '../../call/draft.ts';
import { defined } from '../../call/finish.ts';
import { isoOfNanoseconds, nanoseconds } from '../../call/time.ts';
import { toolName } from '../../call/tool.ts';
import { array, identifier, object, text, word } from '../../json/access.ts';
import { Doubt } from '../../json/parse.ts';
import type { SpanView } from '../../spans/view.ts';
import { type Attributes, attributesOf } from './attributes.ts';
import { decisionOf } from './decision.ts';

/** A span with its attributes; undefined where it has no ids. */
export function spanView(span: JsonObject, resource: Attributes, place: Place): SpanView | undefined {
  const id = word(span.spanId);
  const trace = word(span.traceId);
  if (id === undefined || trace === undefined) return undefined;
  const own = attributesOf(span.attributes);
  const name = text(span.name) ?? '';
  const decision = decisionOf(name, own);
  const side = sideOf(span.kind);
  const tool = toolOf(name, own, decision !== undefined);
  const service = word(resource.get('service.name'));
  const start = nanoseconds(span.startTimeUnixNano);
  return {
    id,
    trace,
    parent: word(span.parentSpanId),
    start: start === undefined ? undefined : Number(start) / 1_000,
    isAgent: isAgent(own),
    agent: agentOf(name, own),
    user: userOf(own),
    session: sessionOf(own),
    fallback: {
      // Where a server tells of a call, its service is the tool's, not the agent's.
      agent: service === undefined || side === 'server' ? undefined : { id: service },
      user: userOf(resource),
      session: sessionOf(resource) ?? word(own.get('mcp.session.id')),
    },
    tool: tool === undefined ? undefined : toolName(tool).name,
    twin: twinOf(tool, own),
    side,
    decision,
    ...(tool === undefined ? {} : { draft: () => draftOf(span, own, tool, place) }),
  };
}

/** `SpanKind` as number or name. */
function sideOf(kind: Json | undefined): SpanView['side'] {
  if (kind === 2 || kind === 'SPAN_KIND_SERVER' || kind === 'SERVER') return 'server';
  return kind === 3 || kind === 'SPAN_KIND_CLIENT' || kind === 'CLIENT' ? 'client' : undefined;
}

function isAgent(own: Attributes): boolean {
  const operation = own.get('gen_ai.operation.name');
  return (
    operation === 'invoke_agent' ||
    operation === 'create_agent' ||
    own.get('openinference.span.kind') === 'AGENT' ||
    own.get('traceloop.span.kind') === 'agent'
  );
}

/** The tool's name as recorded, where the span is a call of one. */
function toolOf(spanName: string, own: Attributes, decision: boolean): string | undefined {
  const name =
    word(own.get('gen_ai.tool.name')) ??
    word(own.get('tool.name')) ??
    word(own.get('mcp.tool.name')) ??
    word(own.get('traceloop.entity.name'));
  const is =
    own.get('gen_ai.operation.name') === 'execute_tool' ||
    own.get('mcp.method.name') === 'tools/call' ||
    own.get('openinference.span.kind') === 'TOOL' ||
    own.get('traceloop.span.kind') === 'tool' ||
    spanName === 'AgentCore.Gateway.InvokeTool';
  if (is) return name ?? (spanName.replace(/^(execute_tool|tools\/call) /, '') || undefined);
  return decision ? name : undefined;
}

/** MCP numbers the requests of a session: client and server tell of the same one. */
function twinOf(tool: string | undefined, own: Attributes): string | undefined {
  const session = word(own.get('mcp.session.id'));
  const request = identifier(own.get('jsonrpc.request.id'));
  if (tool === undefined || session === undefined || request === undefined) return undefined;
  return `${session}\u0000${request}\u0000${toolName(tool).name}`;
}

function agentOf(spanName: string, own: Attributes): CallAgent | undefined {
  const name =
    word(own.get('gen_ai.agent.name')) ??
    word(own.get('agent.name')) ??
    (own.get('traceloop.span.kind') === 'agent' ? word(own.get('traceloop.entity.name')) : undefined);
  const spoken = isAgent(own) ? spanName.replace(/^invoke_agent /, '') || undefined : undefined;
  const id = word(own.get('gen_ai.agent.id')) ?? word(own.get('agent.id')) ?? name ?? spoken;
  if (id === undefined) return undefined;
  return {
    id,
    ...defined({
      name,
      version: text(own.get('gen_ai.agent.version')),
      model: text(own.get('gen_ai.request.model')) ?? text(own.get('llm.model_name')),
    }),
  };
}

function userOf(attributes: Attributes): CallUser | undefined {
  const id = word(attributes.get('enduser.id')) ?? word(attributes.get('user.id'));
  if (id === undefined) return undefined;
  const roles = array(attributes.get('user.roles'))?.filter((role) => typeof role === 'string');
  return roles && roles.length > 0 ? { id, roles } : { id };
}

function sessionOf(attributes: Attributes): string | undefined {
  return word(attributes.get('gen_ai.conversation.id')) ?? word(attributes.get('session.id'));
}

function draftOf(span: JsonObject, own: Attributes, tool: string, place: Place): Draft {
  const start = nanoseconds(span.startTimeUnixNano);
  const end = nanoseconds(span.endTimeUnixNano);
  const elapsed = start === undefined || end === undefined || end < start ? undefined : end - start;
  return {
    place,
    // Attribute values are written as texts of numbers, which may be inexact where the JSON around is not.
    doubts: Doubt.numbers,
    ts: start === undefined ? undefined : isoOfNanoseconds(start),
    durationMs: elapsed === undefined ? undefined : Number(elapsed) / 1_000_000,
    tool,
    server: word(own.get('mcp.server.name')),
    callId: word(own.get('gen_ai.tool.call.id')) ?? word(own.get('tool_call.id')) ?? word(own.get('tool.id')),
    args: argumentsOf(own),
    result: resultOf(span, own, end !== undefined),
  };
}

/** OpenInference writes what a framework gives: JSON, or Python's notation of it. */
function argumentsOf(own: Attributes): Arguments {
  const recorded = own.get('gen_ai.tool.call.arguments') ?? own.get('gen_ai.tool.arguments');
  if (recorded !== undefined) return typeof recorded === 'string' ? { text: recorded } : { value: recorded };
  const input = own.get('input.value') ?? own.get('traceloop.entity.input');
  if (input === undefined) return 'unrecorded';
  return typeof input === 'string' ? { python: input } : { value: input };
}

function resultOf(span: JsonObject, own: Attributes, ended: boolean): Draft['result'] {
  const code = object(span.status)?.code;
  const failed = code === 2 || code === 'STATUS_CODE_ERROR' || code === 'ERROR' || own.has('error.type');
  const content =
    own.get('gen_ai.tool.call.result') ??
    own.get('output.value') ??
    (failed ? (word(object(span.status)?.message) ?? own.get('error.type')) : undefined);
  return { status: failed ? 'error' : ended ? 'ok' : 'pending', ...defined({ content }) };
}
