import type { Json, JsonObject } from '@benchbook/model';
import type { Draft, Place } from '../../call/draft.ts';
import { defined } from '../../call/finish.ts';
import type { Output } from '../../call/output.ts';
import { Pairing } from '../../call/pairing.ts';
import { isoTime } from '../../call/time.ts';
import { number, object, text, word } from '../../json/access.ts';
import type { Limits } from '../../limits.ts';
import type { Format, Reader } from '../format.ts';
import { type AskedCall, askedCalls, type ToldResult, toldResults } from '../messages/blocks.ts';

/** Claude Code's own record of a session: one message a line, calls and results in different ones. */
export const claudeCodeTranscript: Format = {
  name: 'claude-code-transcript',
  title: 'Claude Code transcripts',
  detect(value) {
    const line = object(value);
    return (
      text(line?.sessionId) !== undefined &&
      text(line?.uuid) !== undefined &&
      (line?.type === 'user' || line?.type === 'assistant' || line?.type === 'system')
    );
  },
  open: (output, limits) => new TranscriptReader(output, limits),
};

/** How a person's no is written into a result. */
const REJECTED =
  /^(The user doesn't want to (proceed with this tool use|take this action)|User rejected tool use)/;
/** How a rule's no is. */
const DENIED = /^Permission to use .* (has been )?denied/;

class TranscriptReader implements Reader {
  private readonly output: Output;
  private readonly pairing: Pairing;
  private readonly early = new Map<string, { readonly told: ToldResult; readonly place: Place }>();
  private readonly limit: number;

  constructor(output: Output, limits: Limits) {
    this.output = output;
    this.limit = limits.held;
    this.pairing = new Pairing((draft) => output.emit(draft), limits.held);
  }

  read(value: Json, place: Place): void {
    const line = object(value);
    if (!line) {
      this.output.problem(place, 'not a JSON object');
      return;
    }
    const message = object(line.message);
    if (!message) return;
    const session = word(line.sessionId) ?? place.session;
    for (const call of askedCalls(message)) this.ask(call, line, message, session, place);
    for (const told of toldResults(message)) this.tell(told, line, session, place);
  }

  end(): void {
    for (const { told, place } of this.early.values())
      this.output.problem(place, `a tool's result without its call: ${(told.id ?? '').slice(0, 100)}`);
    this.pairing.end();
  }

  private ask(call: AskedCall, line: JsonObject, message: JsonObject, session: string, place: Place): void {
    const key = `${session}\u0000${call.id}`;
    // Resumed sessions write their earlier messages again.
    if (call.id !== undefined && this.pairing.knows(key)) return;
    const draft: Draft = {
      place,
      session,
      ts: isoTime(line.timestamp),
      agent: {
        id: line.isSidechain === true ? (word(line.agentId) ?? 'subagent') : 'claude-code',
        ...defined({
          version: text(line.version),
          model: text(message.model),
          parentAgentId: line.isSidechain === true ? 'claude-code' : undefined,
        }),
      },
      tool: call.name,
      server: call.server,
      callId: call.id,
      args: call.args,
      context: defined({ cwd: text(line.cwd), permissionMode: text(line.permissionMode) }),
      result: { status: 'pending' },
    };
    this.pairing.add(key, draft, 256);
    const early = this.early.get(key);
    if (!early) return;
    this.early.delete(key);
    this.apply(key, draft, early.told, {}, early.place);
  }

  private tell(told: ToldResult, line: JsonObject, session: string, place: Place): void {
    const key = `${session}\u0000${told.id}`;
    const draft = this.pairing.find(key);
    if (draft) this.apply(key, draft, told, line, place);
    else if (!this.pairing.knows(key) && this.early.size < this.limit) this.early.set(key, { told, place });
  }

  private apply(key: string, draft: Draft, told: ToldResult, line: JsonObject, place: Place): void {
    const content = text(told.result.content) ?? '';
    const note = text(line.toolUseResult) ?? '';
    draft.doubts = (draft.doubts ?? 0) | place.doubts;
    draft.durationMs = number(object(line.toolUseResult)?.durationMs);
    draft.result = told.result;
    if (told.result.status === 'error') {
      if (REJECTED.test(content) || REJECTED.test(note)) {
        draft.approval = { state: 'rejected' };
        draft.result = { ...told.result, status: 'denied' };
      } else if (DENIED.test(content)) {
        draft.recorded = { outcome: 'deny' };
        draft.result = { ...told.result, status: 'denied' };
      }
    }
    this.pairing.close(key, draft);
  }
}
