import { type Call, type JsonObject, readsTouch, writeJson } from '@benchbook/model';

/** Which parts of the session some policy reads; the others are never built. */
export interface SessionNeeds {
  readonly calls: boolean;
  readonly tools: boolean;
  readonly history: boolean;
}

/** What came before in one session. */
export interface Session {
  /** `calls`, `tools`, `history` as needed. Valid until the next `record`. */
  facts(): JsonObject;
  /** Adds a call that was just decided. */
  record(call: Call): void;
}

/** Calls that `history` keeps. */
export const HISTORY_LENGTH = 256;
/** Arguments longer than this as JSON text are kept as null in `history`. In UTF-16 units. */
export const HISTORY_ARGS_LENGTH = 4096;

/** The parts of the session that policies with these `reads` can see. */
export function sessionNeeds(reads: readonly string[]): SessionNeeds {
  return {
    calls: readsTouch(reads, '/session/calls'),
    tools: readsTouch(reads, '/session/tools'),
    history: readsTouch(reads, '/session/history'),
  };
}

/** A session in which nothing happened yet. */
export function openSession(needs: SessionNeeds): Session {
  let calls = 0;
  const tools: string[] = [];
  const seen = new Set<string>();
  const history: JsonObject[] = [];
  return {
    facts() {
      const facts: { calls?: number; tools?: readonly string[]; history?: readonly JsonObject[] } = {};
      if (needs.calls) facts.calls = calls;
      if (needs.tools) facts.tools = tools;
      if (needs.history) facts.history = history;
      return facts as JsonObject;
    },
    record(call) {
      calls++;
      if (needs.tools && !seen.has(call.tool.name)) {
        seen.add(call.tool.name);
        tools.push(call.tool.name);
      }
      if (needs.history) {
        history.push(historyEntry(call));
        if (history.length > HISTORY_LENGTH) history.shift();
      }
    },
  };
}

/** A past call under the same field names as the call itself. */
function historyEntry(call: Call): JsonObject {
  const args = call.args && writeJson(call.args).length <= HISTORY_ARGS_LENGTH ? call.args : null;
  return {
    tool: { name: call.tool.name, ...(call.tool.server !== undefined && { server: call.tool.server }) },
    args,
    result: { status: call.result?.status ?? 'pending' },
  };
}
