import type { Call, CallAgent, CallUser, Json, JsonObject, Outcome } from '@benchbook/model';
import { isObject, isOutcome } from '@benchbook/model';
import type { Arguments, Draft, Place } from '../call/draft.ts';
import { defined } from '../call/finish.ts';
import { isoTime } from '../call/time.ts';
import { array, identifier, object, text, word } from '../json/access.ts';
import type { Format } from './format.ts';

/** Decision logs of OPA, one event a line or a list of them: the `input` is kept as it is. */
export const opaDecisionLog: Format = {
  name: 'opa-decision-log',
  title: 'OPA decision logs',
  detect(value) {
    const event = object(value);
    return (
      text(event?.decision_id) !== undefined &&
      (text(event?.path) !== undefined || text(event?.query) !== undefined || 'input' in event!)
    );
  },
  open: (output) => ({
    read(value, place) {
      const event = object(value);
      // The console log writes other messages between the decisions.
      if (event && event.decision_id === undefined && event.level !== undefined) return;
      if (!event || !opaDecisionLog.detect(event)) output.problem(place, 'no OPA decision');
      else output.emit(draftOf(event, place));
    },
    end() {},
  }),
};

function draftOf(event: JsonObject, place: Place): Draft {
  const input = object(event.input);
  const lost = [...pointers(event.erased), ...pointers(event.masked)];
  const tool = toolOf(input);
  const args = argumentsOf(input);
  const missing = lost.flatMap((pointer) => missingOf(pointer, args?.key, tool.path, input));
  const session = input?.session;
  return {
    place,
    id: word(event.decision_id),
    session:
      identifier(input?.session_id) ??
      identifier(input?.sessionId) ??
      (object(session) ? identifier(object(session)?.id) : word(session)),
    ts: isoTime(event.timestamp),
    agent: agentOf(input),
    user: userOf(input),
    tool: tool.name ?? word(event.path) ?? 'unknown',
    server: word(object(input?.tool)?.server) ?? word(input?.server),
    // A decision path has no prefix to be split.
    rawName: tool.name === undefined ? word(event.path) : undefined,
    args: args?.recorded ?? 'unrecorded',
    input: event.input,
    recorded: recordedOf(event, lost),
    missing: [...missing, ...(event.input === undefined ? ['/input'] : [])],
  };
}

function pointers(value: Json | undefined): string[] {
  return (array(value) ?? []).filter(
    (item): item is string => typeof item === 'string' && item.startsWith('/'),
  );
}

/** A masked part of `input` is missing there and where the call repeats it. */
function missingOf(
  pointer: string,
  args: string | undefined,
  tool: string | undefined,
  input: JsonObject | undefined,
): string[] {
  if (pointer === '/input' || !input) return [pointer, '/args', '/agent', '/user', '/tool'];
  const under = (part: string): boolean => pointer === part || pointer.startsWith(`${part}/`);
  const found = [pointer];
  if (args !== undefined && under(`/input/${args}`))
    found.push(`/args${pointer.slice(`/input/${args}`.length)}`);
  if (args === undefined && /^\/input\/(args|arguments|params|parameters|tool_input)/.test(pointer))
    found.push('/args');
  if (tool !== undefined && under(`/input/${tool}`)) found.push('/tool');
  if (under('/input/agent') || under('/input/principal')) found.push('/agent');
  if (under('/input/user') || under('/input/principal')) found.push('/user');
  return found;
}

interface FoundTool {
  readonly name?: string;
  /** Below `/input`. */
  readonly path?: string;
}

/** There is no standard input: the names that tool gateways use, in this order. */
function toolOf(input: JsonObject | undefined): FoundTool {
  for (const key of ['tool', 'tool_name', 'toolName', 'action', 'method']) {
    const value = input?.[key];
    const name = word(value) ?? word(object(value)?.name) ?? word(object(value)?.id);
    if (name !== undefined) return { name, path: key };
  }
  return {};
}

function argumentsOf(
  input: JsonObject | undefined,
): { readonly key: string; readonly recorded: Arguments } | undefined {
  for (const key of ['args', 'arguments', 'params', 'parameters', 'tool_input']) {
    const value = input?.[key];
    if (isObject(value)) return { key, recorded: { value } };
    if (typeof value === 'string') return { key, recorded: { text: value } };
  }
  return undefined;
}

function agentOf(input: JsonObject | undefined): CallAgent | undefined {
  const principal = object(input?.principal);
  const told = input?.agent ?? (/agent/i.test(text(principal?.type) ?? '') ? principal : undefined);
  const agent = object(told);
  const id = word(told) ?? identifier(agent?.id) ?? word(agent?.name) ?? word(input?.agent_id);
  if (id === undefined) return undefined;
  return {
    id,
    ...defined({ name: text(agent?.name), version: text(agent?.version), model: text(agent?.model) }),
  };
}

function userOf(input: JsonObject | undefined): CallUser | undefined {
  const principal = object(input?.principal);
  const told = input?.user ?? (/user/i.test(text(principal?.type) ?? '') ? principal : undefined);
  const user = object(told);
  const id = word(told) ?? identifier(user?.id) ?? word(user?.name) ?? word(input?.user_id);
  if (id === undefined) return undefined;
  const roles = array(user?.roles)?.filter((role) => typeof role === 'string');
  return roles ? { id, roles } : { id };
}

/** What the decision was, with the result as it was logged where its meaning is not plain. */
function recordedOf(event: JsonObject, lost: readonly string[]): Call['recorded'] {
  const { result } = event;
  const path = text(event.path);
  const hidden = lost.some((pointer) => pointer === '/result' || pointer.startsWith('/result/'));
  const outcome = hidden || event.error !== undefined ? undefined : outcomeOf(path ?? '', result);
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...defined({ path, result: typeof result === 'boolean' ? undefined : result }),
  };
}

/** By the rule's name as in our own reading of Rego, else by the shape of the result. */
function outcomeOf(path: string, result: Json | undefined): Outcome | undefined {
  const rule = path.split('/').at(-1) ?? '';
  const fires = result === true || (array(result)?.length ?? 0) > 0;
  if (/^(deny|violation)(_|$)/.test(rule)) return fires ? 'deny' : 'allow';
  if (/^escalate(_|$)/.test(rule)) return fires ? 'escalate' : undefined;
  if (typeof result === 'boolean') return result ? 'allow' : 'deny';
  // An undefined decision is logged without a result; who asks for `allow` takes it for no.
  if (result === undefined) return /^allow(_|$)/.test(rule) ? 'deny' : undefined;
  const object = isObject(result) ? result : undefined;
  const word = object?.outcome ?? object?.decision ?? result;
  if (isOutcome(word)) return word;
  const allowed = object?.allow ?? object?.allowed;
  return typeof allowed === 'boolean' ? (allowed ? 'allow' : 'deny') : undefined;
}
