import {
  type Call,
  type CallAgent,
  type CallResult,
  type CallUser,
  isOutcome,
  type Json,
  type JsonObject,
} from '@benchbook/model';
import type { Arguments, Draft, Place } from '../call/draft.ts';
import { defined } from '../call/finish.ts';
import type { Output } from '../call/output.ts';
import { array, identifier, number, object, text, word } from '../json/access.ts';
import type { Format } from './format.ts';

/** Benchbook's own format: JSON Lines, one call per line (design section 4). */
export const native: Format = {
  name: 'native',
  title: 'Benchbook JSON Lines',
  detect(value) {
    const line = object(value);
    const tool = object(line?.tool);
    return text(tool?.name) !== undefined && ['args', 'v', 'session', 'seq'].some((key) => key in line!);
  },
  open: (output) => ({
    read(value, place) {
      const line = object(value);
      const problem = line ? readLine(line, place, output) : 'not a JSON object';
      if (problem !== undefined) output.problem(place, problem);
    },
    end() {},
  }),
};

const STATUSES = ['ok', 'error', 'denied', 'pending'] as const;
const APPROVALS = ['none', 'requested', 'granted', 'rejected'] as const;

/** Emits the line's call; gives the reason where it holds none. */
function readLine(line: JsonObject, place: Place, output: Output): string | undefined {
  if (line.kind !== undefined && line.kind !== null && line.kind !== 'tool')
    return `kind ${JSON.stringify(line.kind)?.slice(0, 40)} is not read: only "tool"`;
  if (line.v !== undefined && line.v !== 1) return 'version of the native format is not 1';
  const tool = object(line.tool);
  const name = word(tool?.name);
  if (!tool || name === undefined) return 'no tool.name';
  const { name: _name, server, rawName, ...toolDetails } = tool;
  const user = readUser(line.user);
  const missing = (array(line.missing) ?? []).filter((item): item is string => typeof item === 'string');
  if (line.user !== undefined && line.user !== null && user === undefined) missing.push('/user');
  const draft: Draft = {
    place,
    session: identifier(line.session),
    seq: readSeq(line.seq),
    id: word(line.id),
    ts: text(line.ts),
    durationMs: number(line.durationMs),
    agent: readAgent(line.agent),
    user,
    tool: name,
    server: word(server),
    rawName: word(rawName),
    toolDetails,
    callId: word(line.callId),
    args: readArgs(line.args),
    argsRaw: text(line.argsRaw),
    context: object(line.context),
    input: line.input,
    result: readResult(line.result),
    approval: readApproval(line.approval),
    recorded: readRecorded(line.recorded),
    expect: isOutcome(line.expect) ? line.expect : undefined,
    labels: object(line.labels),
    missing,
    origin: readOrigin(line.src),
  };
  output.emit(draft);
  if (line.expect !== undefined && line.expect !== null && draft.expect === undefined)
    output.problem(place, 'expect is not allow, deny, escalate or indeterminate: it is not checked');
  return undefined;
}

function readSeq(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A string here is a string, never JSON text: the native format has `argsRaw` for that. */
function readArgs(value: Json | undefined): Arguments {
  if (value === undefined) return 'unrecorded';
  return typeof value === 'string' ? { raw: value } : { value };
}

function readAgent(value: Json | undefined): CallAgent | undefined {
  const agent = typeof value === 'string' ? { id: value } : object(value);
  const id = identifier(agent?.id) ?? word(agent?.name);
  if (!agent || id === undefined) return undefined;
  const { name, version, model, parentAgentId } = agent;
  const texts = [name, version, model, parentAgentId].map(text);
  return {
    id,
    ...defined({ name: texts[0], version: texts[1], model: texts[2], parentAgentId: texts[3] }),
  };
}

function readUser(value: Json | undefined): CallUser | undefined {
  const user = typeof value === 'string' ? { id: value } : object(value);
  const id = identifier(user?.id);
  if (!user || id === undefined) return undefined;
  const { id: _id, roles, ...attributes } = user;
  const names = array(roles)?.filter((role): role is string => typeof role === 'string');
  return { id, ...(names ? { roles: names } : {}), ...attributes };
}

function readResult(value: Json | undefined): CallResult | undefined {
  const result = object(value);
  if (!result) return undefined;
  const status = STATUSES.find((known) => known === result.status);
  if (status === undefined && result.content === undefined) return undefined;
  return { status: status ?? 'ok', ...(result.content === undefined ? {} : { content: result.content }) };
}

function readApproval(value: Json | undefined): Call['approval'] {
  const approval = object(value);
  const state = APPROVALS.find((known) => known === approval?.state);
  if (!approval || state === undefined) return undefined;
  const { by, state: _state, ...details } = approval;
  return { state, ...defined({ by: text(by) }), ...details } as Call['approval'];
}

function readRecorded(value: Json | undefined): Call['recorded'] {
  const recorded = object(value);
  if (!recorded) return undefined;
  const { outcome, policies, ...details } = recorded;
  const ids = array(policies)?.filter((id): id is string => typeof id === 'string');
  return {
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(ids ? { policies: ids } : {}),
    ...details,
  };
}

/** An imported line says where it came from; importing it again keeps the first place. */
function readOrigin(value: Json | undefined): Draft['origin'] {
  const source = object(value);
  const origin = object(source?.origin) ?? source;
  const format = word(origin?.format);
  const file = word(origin?.file);
  if (format === undefined || file === undefined) return undefined;
  const line = number(origin?.line);
  return { format, file, ...(line === undefined ? {} : { line }) };
}
