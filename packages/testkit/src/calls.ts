import { type Call, type CallTool, type Json, writeJson } from '@benchbook/model';

/** What a test says of a call; `tool` may be its bare name. */
export type CallParts = Partial<Omit<Call, 'tool'>> & { readonly tool?: string | CallTool };

/** A call with defaults for all that a test does not speak of: `s1#0`, agent `bot`, tool `refund`, no arguments. */
export function call(parts: CallParts = {}): Call {
  const { tool = 'refund', ...rest } = parts;
  const session = parts.session ?? 's1';
  const seq = parts.seq ?? 0;
  return {
    v: 1,
    kind: 'tool',
    id: `${session}#${seq}`,
    session,
    seq,
    agent: { id: 'bot' },
    args: {},
    missing: [],
    src: { format: 'native', file: 'traces/test.jsonl', line: seq + 1 },
    ...rest,
    tool: typeof tool === 'string' ? { name: tool } : tool,
  };
}

/** The calls of one session, numbered from 0. */
export function sessionOf(session: string, calls: readonly CallParts[]): Call[] {
  return calls.map((parts, seq) => call({ ...parts, session, seq }));
}

/** A recording in the native format, one call a line. */
export function nativeLines(calls: readonly Call[]): string {
  return calls.map(({ src: _, ...written }) => `${writeJson(written as unknown as Json)}\n`).join('');
}
