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
  /** The session as it stands now, for good: what is recorded later does not change it. Cheap; nothing is copied. */
  hold(): HeldSession;
}

/** A session as it stood at one time. */
export type HeldSession = Pick<Session, 'facts'>;

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

/** Opens sessions that carry `needs`. A recording may hold a million of them, so that each is kept small. */
export function sessionOpener(needs: SessionNeeds): () => Session {
  const root = toolList([]);
  return () => new RecordedSession(needs, root);
}

/** A session in which nothing happened yet. */
export function openSession(needs: SessionNeeds): Session {
  return sessionOpener(needs)();
}

class RecordedSession implements Session {
  readonly #needs: SessionNeeds;
  #calls = 0;
  #tools: ToolList;
  #history: JsonObject[] | undefined;
  /** Some held session looks into `#history`: it only grows from then on. */
  #isHeld = false;

  constructor(needs: SessionNeeds, tools: ToolList) {
    this.#needs = needs;
    this.#tools = tools;
  }

  facts(): JsonObject {
    const facts: { calls?: number; tools?: readonly string[]; history?: readonly JsonObject[] } = {};
    if (this.#needs.calls) facts.calls = this.#calls;
    if (this.#needs.tools) facts.tools = this.#tools.names;
    if (this.#needs.history) facts.history = lastOf(this.#history ?? [], this.#history?.length ?? 0);
    return facts as JsonObject;
  }

  record(call: Call): void {
    this.#calls++;
    if (this.#needs.tools) this.#tools = this.#tools.with(call.tool.name);
    if (this.#needs.history) {
      this.#history ??= [];
      this.#history.push(historyEntry(call));
      if (!this.#isHeld && this.#history.length > HISTORY_LENGTH) this.#history.shift();
    }
  }

  hold(): HeldSession {
    if (this.#needs.history) {
      this.#isHeld = true;
      this.#history ??= [];
    }
    const { calls: withCalls, tools: withTools } = this.#needs;
    const calls = this.#calls;
    const tools = this.#tools.names;
    const history = this.#history;
    const length = history?.length ?? 0;
    return {
      facts: () =>
        ({
          ...(withCalls && { calls }),
          ...(withTools && { tools }),
          ...(history && { history: lastOf(history, length) }),
        }) as JsonObject,
    };
  }
}

/** The last entries before `end` that a history keeps; the same list where that is all of it. */
function lastOf(history: readonly JsonObject[], end: number): readonly JsonObject[] {
  if (end === history.length && end <= HISTORY_LENGTH) return history;
  return history.slice(Math.max(0, end - HISTORY_LENGTH), end);
}

/** Distinct tool names in order of first use. Sessions share their lists: most use the same tools in the same order. */
interface ToolList {
  readonly names: readonly string[];
  with(name: string): ToolList;
}

/** Lists that may follow one list and be shared; further ones are a session's own. */
const MAX_FOLLOWING = 200;

function toolList(names: readonly string[]): ToolList {
  let following: Map<string, ToolList> | undefined;
  const list: ToolList = {
    names,
    with(name) {
      if (names.includes(name)) return list;
      following ??= new Map();
      const known = following.get(name);
      if (known) return known;
      const longer = toolList([...names, name]);
      if (following.size < MAX_FOLLOWING) following.set(name, longer);
      return longer;
    },
  };
  return list;
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
