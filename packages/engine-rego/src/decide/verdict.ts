import {
  canonicalJson,
  isObject,
  type Json,
  type JsonObject,
  type Obligation,
  setOwn,
} from '@benchbook/model';
import type { Role } from '../sets/roles.ts';

/** What the value of one decision rule says. */
export interface Verdict {
  readonly says: 'allow' | 'deny' | 'escalate' | null;
  readonly reasons: readonly string[];
  readonly obligations: readonly Obligation[];
  /** The value has a type that the rule must not have; `says` is null. */
  readonly wrong?: string;
}

const NOTHING: Verdict = { says: null, reasons: [], obligations: [] };

/** Reads the value of a decision rule, undefined where the rule is. */
export function readVerdict(role: Role, value: Json | undefined): Verdict {
  if (value === undefined) return NOTHING;
  switch (role) {
    case 'allow':
      return readAllow(value);
    case 'forbid':
      return readMessages(value, 'deny');
    case 'escalate':
      return readMessages(value, 'escalate');
    case 'warn':
      return readWarnings(value);
    case 'decision':
      return readDecision(value);
    case 'answer':
      return typeof value === 'boolean' ? readAllow(value) : readDecision(value);
  }
}

function readAllow(value: Json): Verdict {
  if (typeof value !== 'boolean') return wrong(value, 'a boolean');
  return value ? { ...NOTHING, says: 'allow' } : NOTHING;
}

function readMessages(value: Json, says: 'deny' | 'escalate'): Verdict {
  if (typeof value === 'boolean') return value ? { ...NOTHING, says } : NOTHING;
  const messages = messagesOf(value);
  if (!messages) return wrong(value, 'a boolean, or a set or array of texts or objects');
  return messages.length > 0 ? { ...NOTHING, says, reasons: unique(messages.map(reasonOf)) } : NOTHING;
}

function readWarnings(value: Json): Verdict {
  if (typeof value === 'boolean') return value ? { ...NOTHING, obligations: [{ type: 'warn' }] } : NOTHING;
  const messages = messagesOf(value);
  if (!messages) return wrong(value, 'a boolean, or a set or array of texts or objects');
  const obligations = messages.map((message): Obligation => {
    return typeof message === 'string' ? { type: 'warn', message } : { ...copy(message), type: 'warn' };
  });
  return { ...NOTHING, obligations };
}

function readDecision(value: Json): Verdict {
  if (typeof value === 'string') {
    const says = outcomeWord(value);
    return says ? { ...NOTHING, says } : wrong(value, EXPECTED_DECISION);
  }
  if (!isObject(value)) return wrong(value, EXPECTED_DECISION);
  const says = Object.hasOwn(value, 'outcome') ? outcomeWord(value.outcome) : undefined;
  if (!says) return wrong(value, EXPECTED_DECISION);
  const reason = Object.hasOwn(value, 'reason') ? value.reason : undefined;
  if (reason !== undefined && reason !== null && typeof reason !== 'string') {
    return wrong(reason, 'a `reason` that is a text');
  }
  const obligations = readObligations(Object.hasOwn(value, 'obligations') ? value.obligations : undefined);
  if (!obligations)
    return wrong(value.obligations ?? null, '`obligations` that are texts, or objects with a `type`');
  return { says, reasons: typeof reason === 'string' && reason !== '' ? [reason] : [], obligations };
}

const EXPECTED_DECISION = '"allow", "deny" or "escalate", or an object with such an `outcome`';

function readObligations(value: Json | undefined): readonly Obligation[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const obligations: Obligation[] = [];
  for (const item of value as readonly Json[]) {
    if (typeof item === 'string') obligations.push({ type: item });
    else if (isObject(item) && typeof item.type === 'string')
      obligations.push({ ...copy(item), type: item.type });
    else return undefined;
  }
  return obligations;
}

/** The members of a set or array of messages, or undefined where it is none. */
function messagesOf(value: Json): readonly (string | JsonObject)[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Json[];
  return items.every((item) => typeof item === 'string' || isObject(item))
    ? (items as readonly (string | JsonObject)[])
    : undefined;
}

function reasonOf(message: string | JsonObject): string {
  if (typeof message === 'string') return message;
  for (const key of ['msg', 'message', 'reason']) {
    const text = Object.hasOwn(message, key) ? message[key] : undefined;
    if (typeof text === 'string') return text;
  }
  return canonicalJson(message);
}

function outcomeWord(value: Json | undefined): 'allow' | 'deny' | 'escalate' | undefined {
  return value === 'allow' || value === 'deny' || value === 'escalate' ? value : undefined;
}

function copy(object: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(object)) setOwn(result, key, object[key]);
  return result;
}

function wrong(value: Json, expected: string): Verdict {
  return { ...NOTHING, wrong: `is ${kindOf(value)}, but must be ${expected}` };
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a set or array of other things';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 60))}`;
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
