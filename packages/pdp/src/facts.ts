import type { Call, Facts, JsonObject } from '@benchbook/model';
import type { HeldSession } from './session.ts';

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** The fields of a call that policies may see, with what came before it in its session. Shares the call's objects. */
export function buildFacts(call: Call, session: HeldSession): Facts {
  const facts: Writable<Facts> = {
    tool: call.tool as JsonObject,
    args: call.args,
    session: session.facts(),
  };
  if (call.agent) facts.agent = call.agent as unknown as JsonObject;
  if (call.user) facts.user = call.user as JsonObject;
  if (call.ts !== undefined) facts.ts = call.ts;
  if (call.context) facts.context = call.context;
  if (call.input !== undefined) facts.input = call.input;
  return facts;
}

/** JSON Pointers of the call's missing facts. A call without a time has none to tell. */
export function missingFacts({ ts, missing }: Call): readonly string[] {
  return ts === undefined && !missing.includes('/ts') ? [...missing, '/ts'] : missing;
}
