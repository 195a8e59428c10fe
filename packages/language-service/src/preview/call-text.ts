/** Calls as text that a person edits: out of a recording, and back. */
import {
  type Call,
  canonicalJson,
  isObject,
  isOutcome,
  type Json,
  type JsonObject,
  type Outcome,
  type Refusal,
  writeJson,
} from '@benchbook/model';
import { isFailure, parseJson, readText } from '@benchbook/traces';

/** A call read from text. */
export interface ReadCall {
  readonly call: Call;
  /** What came before in its session, where the text says so itself (`input.session` as policies see it). */
  readonly session: JsonObject | null;
}

/** Longest text that is read, in UTF-16 units. */
const MAX_TEXT = 4 * 1024 * 1024;

/** Fields of a call that policies see, and those that say which call it is. The rest is of no use in a copy. */
const COPIED = [
  'v',
  'kind',
  'id',
  'session',
  'seq',
  'ts',
  'agent',
  'user',
  'tool',
  'args',
  'argsRaw',
  'context',
  'input',
  'labels',
] as const;
/** Told by the reader of every call that has none of it. */
const IMPLIED = ['/ts', '/durationMs', '/args'];

/** The call as indented native JSON, without what production said and did. */
export function copyOf(call: Call): string {
  const missing = call.missing.filter((pointer) => !IMPLIED.includes(pointer));
  const members = COPIED.flatMap((field): [string, Json][] =>
    call[field] === undefined ? [] : [[field, call[field] as Json]],
  );
  if (missing.length > 0) members.push(['missing', missing]);
  return `${indented(Object.fromEntries(members), '')}\n`;
}

/**
 * Reads one call: a native one or one of any other recorded format, or what a policy sees (an `input.json`). An
 * object that names a tool and holds nothing but parts of a call is one; any other is an `input` that is given as it
 * is.
 */
export function readCall(text: string): ReadCall | Refusal {
  if (text.length > MAX_TEXT) return { refused: 'the text is longer than 4 MB' };
  const parsed = parseJson(text);
  if (isFailure(parsed)) return { refused: parsed.error };
  const { value } = parsed;
  if (!isObject(value)) return { refused: 'not a JSON object' };
  const { format } = readText(text, 'call');
  const isRecorded = format === null ? 'v' in value : format !== 'native' || isNativeLine(value);
  return isRecorded ? readOne(text) : readBare(value);
}

/** One native line with the reviewer's word. */
export function lineOf(text: string, expect: Outcome): { readonly line: string } | Refusal {
  if (!isOutcome(expect)) return { refused: 'expect is not allow, deny, escalate or indeterminate' };
  const read = readCall(text);
  if ('refused' in read) return read;
  if (read.session)
    return { refused: 'a recording holds the calls that came before, not `session`: leave it out' };
  const { src: _, ...written } = { ...read.call, expect };
  const line = writeJson(written as unknown as Json);
  const again = readOne(line);
  if ('refused' in again) return again;
  const same = textOf(again.call) === textOf({ ...read.call, expect });
  return same ? { line } : { refused: 'the call would not be read back as it is written' };
}

/** Equal for calls that are the same wherever they were read. */
function textOf({ src: _, ...call }: Call): string {
  return canonicalJson(call as unknown as Json);
}

/** A native call says so, or belongs to a session by its name: what a policy sees has an object there. */
function isNativeLine(value: JsonObject): boolean {
  return 'v' in value || 'kind' in value || typeof value.session === 'string';
}

/** Parts of a call, as policies see it. */
const PARTS: readonly string[] = ['agent', 'user', 'tool', 'args', 'session', 'ts', 'context', 'missing'];

function readBare(value: JsonObject): ReadCall | Refusal {
  const { session, ...rest } = value;
  const name = isObject(value.tool) ? value.tool.name : value.tool;
  const facts = isObject(session) ? session : null;
  if (typeof name === 'string' && Object.keys(value).every((key) => PARTS.includes(key))) {
    const tool = isObject(value.tool) ? value.tool : { name };
    const read = readOne(writeJson({ v: 1, ...rest, tool, args: value.args ?? {} }));
    return 'refused' in read ? read : { ...read, session: facts };
  }
  // A decision log holds such inputs, and its reader knows where gateways put tool, arguments and agent.
  const read = readOne(writeJson({ decision_id: 'input', path: '', input: value }));
  if ('refused' in read) return read;
  const { call } = read;
  const args = call.args ?? {};
  const missing = call.missing.filter((pointer) => pointer !== '/args');
  const context = isObject(value.context) ? { context: value.context } : {};
  return { call: { ...call, args, missing, ...context }, session: facts };
}

/** The only call of a text in any recorded format. */
function readOne(text: string): ReadCall | Refusal {
  const { calls, problems } = readText(text, 'call');
  const [call] = calls;
  const [problem] = problems;
  if (!call) return { refused: problem?.message ?? 'no call in it' };
  if (calls.length > 1) return { refused: `${calls.length} calls in it: keep the one that is meant` };
  if (problem) return { refused: problem.message };
  return { call, session: null };
}

/** JSON text with two spaces a level; what fits on a line of 80 stays on one. */
function indented(value: Json, margin: string): string {
  const flat = typeof value === 'object' && value !== null ? undefined : writeJson(value);
  if (flat !== undefined) return flat;
  const inner = `${margin}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => indented(item, inner))
    : Object.entries(value as JsonObject).map(
        ([key, item]) => `${JSON.stringify(key)}: ${indented(item, inner)}`,
      );
  const [open, close] = isList ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  const line = isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (margin !== '' && !line.includes('\n') && margin.length + line.length <= 80) return line;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}
