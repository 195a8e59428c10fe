import {
  type AuditEntry,
  canonicalJson,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  pointerTokens,
  type RedactRule,
  setOwn,
} from '@benchbook/model';
import { hmac } from './hmac.ts';

/** What is written of a call, and how. */
export interface Redaction {
  readonly rules: readonly RedactRule[];
  /** JSON Pointers into the call of what is written beside the decision; nothing else of it is. */
  readonly keep: readonly string[];
  /** Keys the digests that stand for hashed values. */
  readonly key: Uint8Array;
}

/** Characters that are left of a masked text, from its end, where it is at least four times as long. */
const SHOWN = 4;

const GONE = '***';

/** A value as `how` leaves it; undefined where it is dropped. */
function redactValue(value: Json, how: RedactRule['how'], key: Uint8Array): Json | undefined {
  if (how === 'drop') return undefined;
  const text = typeof value === 'string' ? value : canonicalJson(value);
  if (how === 'hash') return `hmac-sha256:${hmac(key, text)}`;
  return typeof value === 'string' && value.length >= 4 * SHOWN ? `${GONE}${value.slice(-SHOWN)}` : GONE;
}

/**
 * The entry as it is written: the user is hashed unless kept or ruled otherwise, other parts as rules say. `call`:
 * the facts of the call, of which only what `keep` names is written, after the rules.
 */
export function redactEntry(
  entry: AuditEntry,
  call: JsonObject | undefined,
  redaction: Redaction,
): AuditEntry {
  const { rules, keep, key } = redaction;
  const ruleFor = (pointer: string) => rules.find((rule) => covers(rule.pointer, pointer))?.how;
  const text = <T extends string | null>(
    pointer: string,
    value: T,
    otherwise?: RedactRule['how'],
  ): T | string => {
    const how = ruleFor(pointer) ?? otherwise;
    if (value === null || how === undefined) return value;
    return (redactValue(value, how, key) as string | undefined) ?? GONE;
  };
  const { actor, action } = entry;
  const userHow = keep.some((pointer) => covers(pointer, '/user/id')) ? undefined : 'hash';
  const session = text('/session', action.session);
  const inSession = session !== action.session && action.call.startsWith(action.session);
  const callId = inSession ? session + action.call.slice(action.session.length) : action.call;
  const facts = call === undefined || keep.length === 0 ? undefined : keptFacts(call, redaction);
  return {
    ...entry,
    actor: {
      agent: text('/agent/id', actor.agent),
      user: ruleFor('/user/id') === 'drop' ? null : text('/user/id', actor.user, userHow),
    },
    action: {
      tool: text('/tool/name', action.tool),
      server: text('/tool/server', action.server),
      call: text('/id', callId),
      session,
    },
    ...(facts && { facts }),
  };
}

/** The parts of the call that `keep` names, in their places, after the rules. */
export function keptFacts(call: JsonObject, { rules, keep, key }: Redaction): JsonObject {
  let redacted: Json = call;
  for (const rule of rules) {
    redacted =
      replaceAt(redacted, pointerTokens(rule.pointer), (value) => redactValue(value, rule.how, key)) ?? {};
  }
  const kept = {};
  for (const pointer of keep) copyAt(redacted, pointerTokens(pointer), kept);
  return kept;
}

/** `value` with what stands at `tokens` replaced; `*` is every member or item. Copies only what it changes. */
function replaceAt(
  value: Json,
  tokens: readonly string[],
  change: (value: Json) => Json | undefined,
): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return change(value);
  const within = (name: string) => token === '*' || token === name;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    // Dropped items leave their place, so that the others keep theirs.
    return items.map((item, index) =>
      within(String(index)) ? (replaceAt(item, rest, change) ?? null) : item,
    );
  }
  if (!isObject(value)) return value;
  const copy = {};
  for (const [name, member] of Object.entries(value)) {
    const changed = within(name) ? replaceAt(member, rest, change) : member;
    if (changed !== undefined) setOwn(copy, name, changed);
  }
  return copy;
}

function copyAt(from: Json | undefined, tokens: readonly string[], to: object): void {
  const [token, ...rest] = tokens;
  if (!isObject(from)) return;
  for (const name of token === undefined || token === '*' ? Object.keys(from) : [token]) {
    const value = getOwn(from, name);
    if (value === undefined) continue;
    if (rest.length === 0 || !isObject(value)) {
      if (rest.length === 0) setOwn(to, name, value);
      continue;
    }
    const before = getOwn(to as JsonObject, name);
    const inner = isObject(before) ? { ...before } : {};
    copyAt(value, rest, inner);
    setOwn(to, name, inner);
  }
}

/** True where `pointer` is `of` or lies above it. */
function covers(pointer: string, of: string): boolean {
  return of === pointer || of.startsWith(`${pointer}/`);
}
