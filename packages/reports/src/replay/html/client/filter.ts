import type { CallData, CallsData } from '../calls/data.ts';

/** What a reader asks for. Empty or null: everything. */
export interface Filter {
  readonly outcomes: ReadonlySet<number>;
  readonly tool: number | null;
  /** -1: no policy determined the call. */
  readonly policy: number | null;
  /** Part of a session's name, in small letters. */
  readonly session: string;
  readonly mark: string;
  /** Words in small letters, all of which a call must hold. */
  readonly words: readonly string[];
}

/** The calls that pass, and how many pass each choice if the others stay as they are. */
export interface Answer {
  readonly calls: readonly number[];
  readonly outcomes: readonly number[];
  readonly tools: readonly number[];
  /** By policy number; the last entry is for calls without one. */
  readonly policies: readonly number[];
}

const marks: { readonly [mark: string]: (call: CallData) => boolean } = {
  unexpected: (call) => call[6] !== -1 && call[6] !== call[3],
  expected: (call) => call[6] !== -1,
  error: (call) => call[11]?.errors !== undefined,
  missing: (call) => call[11]?.missing !== undefined,
  audit: (call) => call[5] !== call[3],
  after: (call) => call[7] === 1,
};

/** Filters the calls of one page; texts to search in are made once. */
export function createFilter(data: CallsData): (filter: Filter) => Answer {
  const sessions = data.sessions.map((name) => name.toLowerCase());
  let haystacks: readonly string[] | undefined;

  return (filter) => {
    if (filter.words.length > 0) haystacks ??= data.calls.map((call) => haystack(data, call));
    const outcomes = [0, 0, 0, 0];
    const tools = data.tools.map(() => 0);
    const policies = [...data.policies, null].map(() => 0);
    const none = data.policies.length;
    const mark = marks[filter.mark];
    const calls: number[] = [];
    data.calls.forEach((call, index) => {
      if (filter.session !== '' && !sessions[call[1]]!.includes(filter.session)) return;
      if (mark !== undefined && !mark(call)) return;
      if (!filter.words.every((word) => haystacks![index]!.includes(word))) return;
      const [, , tool, outcome, , , , , , , determining] = call;
      const hasOutcome = filter.outcomes.has(outcome);
      const hasTool = filter.tool === null || filter.tool === tool;
      const hasPolicy =
        filter.policy === null ||
        (filter.policy === -1 ? determining.length === 0 : determining.includes(filter.policy));
      if (hasTool && hasPolicy) outcomes[outcome]!++;
      if (hasOutcome && hasPolicy) tools[tool]!++;
      if (hasOutcome && hasTool)
        for (const policy of determining.length === 0 ? [none] : determining) policies[policy]!++;
      if (hasOutcome && hasTool && hasPolicy) calls.push(index);
    });
    return { calls, outcomes, tools, policies };
  };
}

/** Everything of a call that a reader may type, in small letters. */
function haystack(data: CallsData, call: CallData): string {
  const more = call[11];
  const texts = [
    ...(more?.reasons ?? []),
    ...(more?.obligations ?? []),
    ...(more?.missing ?? []),
    ...(more?.errors ?? []).map((error) => error[2]),
  ];
  return [
    call[0],
    data.sessions[call[1]],
    data.tools[call[2]],
    `${data.files[call[8]]}:${call[9]}`,
    ...call[10].map((policy) => data.policies[policy]![0]),
    ...texts.map((text) => data.texts[text]),
  ]
    .join('\n')
    .toLowerCase();
}
