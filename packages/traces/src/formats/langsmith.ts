import type { Json, JsonObject } from '@benchbook/model';
import type { Arguments, Draft, Place } from '../call/draft.ts';
import { elapsed, isoTime, microsecondsOf } from '../call/time.ts';
import { toolName } from '../call/tool.ts';
import { array, identifier, object, objects, text, word } from '../json/access.ts';
import { SpanReader } from '../spans/reader.ts';
import type { SpanView } from '../spans/view.ts';
import type { Format } from './format.ts';

/** Runs of LangSmith: one, a list, `{ runs }`, one a line; with or without `child_runs`. */
export const langsmith: Format = {
  name: 'langsmith',
  title: 'LangSmith runs',
  detect: (value) => rootsOf(value).some(isRun),
  open: (output) => new SpanReader(output, { spans: spansOf }),
};

/** Runs below one another in `child_runs`: far below what a stack bears. */
const MAX_NESTING = 500;

function rootsOf(value: Json): JsonObject[] {
  const document = object(value);
  if (document && Array.isArray(document.runs)) return objects(document.runs);
  return document ? [document] : [];
}

function isRun(value: JsonObject): boolean {
  return text(value.run_type) !== undefined && identifier(value.id) !== undefined;
}

function spansOf(value: Json, place: Place): SpanView[] | null {
  const roots = rootsOf(value).filter(isRun);
  if (roots.length === 0) return null;
  const views: SpanView[] = [];
  const visit = (run: JsonObject, parent: string | undefined, left: number): void => {
    views.push(viewOf(run, parent, place));
    if (left > 0) for (const child of objects(run.child_runs)) visit(child, identifier(run.id), left - 1);
  };
  for (const root of roots) visit(root, undefined, MAX_NESTING);
  return views;
}

function viewOf(run: JsonObject, parent: string | undefined, place: Place): SpanView {
  const id = identifier(run.id) ?? '';
  const trace = identifier(run.trace_id) ?? id;
  const above = identifier(run.parent_run_id) ?? parent;
  const metadata = metadataOf(run);
  const name = word(run.name) ?? 'unknown';
  const started = isoTime(run.start_time, 'Z');
  const user = identifier(metadata.user_id);
  const agent =
    word(metadata.lc_agent_name) ?? (above === undefined && run.run_type === 'chain' ? name : undefined);
  return {
    id,
    trace,
    parent: above,
    start: started === undefined ? undefined : Number(microsecondsOf(started)),
    isAgent: agent !== undefined,
    agent: agent === undefined ? undefined : { id: agent, name: agent },
    user: user === undefined ? undefined : { id: user },
    // Not `session_id` of the run itself: that is the project.
    session:
      identifier(metadata.thread_id) ??
      identifier(metadata.session_id) ??
      identifier(metadata.conversation_id),
    tool: run.run_type === 'tool' ? toolName(name).name : undefined,
    ...(run.run_type === 'tool' ? { draft: () => draftOf(run, name, place) } : {}),
  };
}

function metadataOf(run: JsonObject): JsonObject {
  return object(object(run.extra)?.metadata) ?? object(run.metadata) ?? {};
}

function draftOf(run: JsonObject, tool: string, place: Place): Draft {
  const ts = isoTime(run.start_time, 'Z');
  const ended = isoTime(run.end_time, 'Z');
  const answer = answerOf(run.outputs);
  const message = messageOf(answer);
  const error = text(run.error);
  const content = error ?? message?.content ?? answer;
  const failed = error !== undefined || message?.status === 'error';
  return {
    place,
    ts,
    durationMs: elapsed(ts, ended),
    tool,
    callId: word(message?.tool_call_id) ?? word(object(run.extra)?.tool_call_id),
    args: argumentsOf(run.inputs),
    result: {
      status: failed ? 'error' : ended === undefined && answer === undefined ? 'pending' : 'ok',
      ...(content === undefined ? {} : { content }),
    },
  };
}

/**
 * LangChain logs `{ input: text }`, the text being JSON or Python's notation of the arguments; traced functions
 * log their arguments as they are.
 */
function argumentsOf(inputs: Json | undefined): Arguments {
  if (inputs === undefined || inputs === null) return 'unrecorded';
  if (typeof inputs === 'string') return { python: inputs };
  const holder = object(inputs);
  const input = holder?.input;
  if (holder && Object.keys(holder).length === 1 && input !== undefined) {
    if (object(input)) return { value: input };
    if (typeof input === 'string' && /^\s*\{/.test(input)) return { python: input };
  }
  return { value: inputs };
}

function answerOf(outputs: Json | undefined): Json | undefined {
  const holder = object(outputs);
  const keys = holder ? Object.keys(holder) : [];
  return keys.length === 1 && keys[0] === 'output' ? holder?.output : (outputs ?? undefined);
}

/** A LangChain `ToolMessage`, plain or as its constructor's arguments. */
function messageOf(answer: Json | undefined): JsonObject | undefined {
  const message = object(answer);
  const inner = object(message?.kwargs) ?? object(message?.data) ?? message;
  return inner && 'tool_call_id' in inner && !array(inner) ? inner : undefined;
}
