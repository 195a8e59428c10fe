import { type Call, type Facts, type Json, type JsonObject, setOwn } from '@benchbook/model';
import type { Session } from './session.ts';

/** The fields of a call that policies may see, with what came before it in its session. */
export function buildFacts(call: Call, session: Session): Facts {
  return {
    tool: visible(call.tool),
    args: call.args,
    session: session.facts(),
    ...(call.agent && { agent: visible(call.agent) }),
    ...(call.user && { user: visible(call.user) }),
    ...(call.ts !== undefined && { ts: call.ts }),
    ...(call.context && { context: call.context }),
    ...(call.input !== undefined && { input: call.input }),
  };
}

/** Drops undefined members, so that absent and undefined are one thing. */
function visible(source: object): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(source) as [string, Json | undefined][]) {
    if (value !== undefined) setOwn(copy, key, value);
  }
  return copy;
}
