import {
  type Call,
  type CallSource,
  isObject,
  type Json,
  type JsonObject,
  toPointer,
} from '@benchbook/model';
import { excerpt, excerptOf } from '../json/excerpt.ts';
import { isInexact } from '../json/numbers.ts';
import { isFailure, parseJson } from '../json/parse.ts';
import { parsePython } from '../json/python.ts';
import { tame, tooDeep } from '../json/tame.ts';
import type { Draft } from './draft.ts';
import { isoTime } from './time.ts';
import { toolName } from './tool.ts';

/** Fields in the order of design section 4, the one in which calls are written. */
const FIELDS = [
  'ts',
  'durationMs',
  'agent',
  'user',
  'tool',
  'callId',
  'args',
  'argsRaw',
  'context',
  'input',
  'result',
  'approval',
  'recorded',
  'expect',
  'labels',
] as const;

type Fields = { -readonly [K in (typeof FIELDS)[number]]?: Json | undefined };

/**
 * The call of a draft. Arguments that are no object, and facts that are doubtful, too deep or not recorded,
 * stand in `missing`.
 */
export function finish(draft: Draft, session: string, seq: number, source: CallSource): Call {
  const missing = new Set((draft.missing ?? []).map(pointerOf));
  const { args, argsRaw, doubts } = readArguments(draft);
  const { name, server, rawName } =
    draft.rawName === undefined
      ? toolName(draft.tool, draft.server)
      : { name: draft.tool, server: draft.server, rawName: draft.rawName };
  const fields: Fields = {
    ts: isoTime(draft.ts),
    durationMs: duration(draft.durationMs),
    agent: draft.agent as Json | undefined,
    user: draft.user as Json | undefined,
    tool: { ...draft.toolDetails, ...defined({ name, server, rawName }) },
    callId: draft.callId,
    args,
    argsRaw,
    context: draft.context,
    input: draft.input,
    result: draft.result as Json | undefined,
    approval: draft.approval as Json | undefined,
    recorded: draft.recorded as Json | undefined,
    expect: draft.expect,
    labels: draft.labels,
  };
  if (fields.ts === undefined) missing.add('/ts');
  if (fields.durationMs === undefined) missing.add('/durationMs');
  if (args === null) missing.add('/args');
  dropDeep(fields, missing);
  tameFields(fields, doubts, missing);
  const wellFormed = doubts === 0 ? (text: string) => text : (text: string) => text.toWellFormed();
  const call: Record<string, unknown> = {
    v: 1,
    kind: 'tool',
    id: wellFormed(draft.id ?? `${session}#${seq}`),
    session: wellFormed(session),
    seq,
  };
  for (const field of FIELDS) if (fields[field] !== undefined) call[field] = fields[field];
  call.missing = [...missing].sort();
  call.src = source;
  return call as unknown as Call;
}

/** The members that are there. */
export function defined(members: { readonly [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined),
  );
}

function pointerOf(name: string): string {
  return name.startsWith('/') ? name : toPointer([name]);
}

function duration(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

interface ReadArguments {
  readonly args: JsonObject | null;
  readonly argsRaw?: string | undefined;
  readonly doubts: number;
}

function readArguments(draft: Draft): ReadArguments {
  const doubts = draft.place.doubts | (draft.doubts ?? 0);
  const { args, argsRaw } = draft;
  if (args === 'unrecorded') return { args: null, argsRaw, doubts };
  if ('text' in args) return parseArguments(args.text, doubts);
  if ('raw' in args) return { args: null, argsRaw: excerpt(args.raw), doubts };
  if ('python' in args) {
    const read = parseArguments(args.python, doubts);
    const value = read.args === null ? parsePython(args.python) : undefined;
    return value === undefined ? read : argumentsOf(value, doubts, args.python);
  }
  if (typeof args.value === 'string') return parseArguments(args.value, doubts);
  if (args.value === null) return { args: null, argsRaw, doubts };
  return argumentsOf(args.value, doubts, argsRaw);
}

/** Models write no text at all for a tool without parameters. */
function parseArguments(text: string, doubts: number): ReadArguments {
  if (text.trim() === '') return { args: {}, doubts };
  const parsed = parseJson(text);
  if (isFailure(parsed)) return { args: null, argsRaw: excerpt(text), doubts };
  // Written twice as a string by frameworks that take the text for a value.
  if (typeof parsed.value === 'string') {
    const inner = parseJson(parsed.value);
    if (!isFailure(inner) && isObject(inner.value))
      return argumentsOf(inner.value, doubts | parsed.doubts | inner.doubts, text);
  }
  return argumentsOf(parsed.value, doubts | parsed.doubts, text);
}

function argumentsOf(value: Json, doubts: number, text: string | undefined): ReadArguments {
  if (isObject(value) && !isInexact(value) && !tooDeep(value)) return { args: value, doubts };
  return { args: null, argsRaw: text === undefined ? excerptOf(value) : excerpt(text), doubts };
}

/** Nothing below the readers fears deep values: what is too deep goes, and is missing. */
function dropDeep(fields: Fields, missing: Set<string>): void {
  for (const field of FIELDS) {
    const value = fields[field];
    if (field === 'args' || typeof value !== 'object' || !tooDeep(value)) continue;
    if (field === 'tool') {
      for (const [key, member] of Object.entries(value ?? {})) {
        if (!tooDeep(member)) continue;
        fields.tool = defined({ ...(fields.tool as JsonObject), [key]: undefined });
        missing.add(toPointer(['tool', key]));
      }
    } else if (field === 'result') {
      fields.result = { status: (value as JsonObject).status ?? 'ok' };
      missing.add('/result/content');
    } else {
      delete fields[field];
      missing.add(`/${field}`);
    }
  }
}

function tameFields(fields: Fields, doubts: number, missing: Set<string>): void {
  if (doubts === 0) return;
  for (const field of FIELDS) {
    const value = fields[field];
    if (value === undefined || value === null) continue;
    fields[field] = tame(value, `/${field}`, doubts, missing);
  }
}
