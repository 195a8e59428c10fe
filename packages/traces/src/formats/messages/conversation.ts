import type { JsonObject } from '@benchbook/model';
import type { Draft, Place } from '../../call/draft.ts';
import type { Output } from '../../call/output.ts';
import { Pairing } from '../../call/pairing.ts';
import { isoTime } from '../../call/time.ts';
import { type AskedCall, askedCalls, type ToldResult, toldResults } from './blocks.ts';

/** What all calls of a conversation have in common. */
export type Frame = Partial<Omit<Draft, 'place' | 'tool' | 'args'>>;

/**
 * Pairs the calls and answers of one conversation that is in memory: by id, the first unanswered one where an id
 * is used again; by tool or order where an answer has none. An answer may come before its call.
 */
export class Conversation {
  private readonly output: Output;
  private readonly place: Place;
  private readonly frame: Frame;
  private readonly pairing: Pairing;
  private readonly early = new Map<string, ToldResult>();

  constructor(output: Output, place: Place, frame: Frame) {
    this.output = output;
    this.place = place;
    this.frame = frame;
    this.pairing = new Pairing(
      (draft) => output.emit(draft),
      Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
    );
  }

  message(message: JsonObject, frame: Frame = {}): void {
    const ts = isoTime(message.timestamp) ?? isoTime(message.created_at);
    for (const call of askedCalls(message)) this.ask(call, ts === undefined ? frame : { ts, ...frame });
    for (const told of toldResults(message)) this.tell(told);
  }

  ask(call: AskedCall, frame: Frame = {}): Draft {
    const draft: Draft = {
      place: this.place,
      ...this.frame,
      ...frame,
      tool: call.name,
      server: call.server ?? frame.server ?? this.frame.server,
      callId: call.id,
      args: call.args,
    };
    draft.result ??= { status: 'pending' };
    const key = call.id ?? '';
    this.pairing.add(key, draft);
    const early = call.id === undefined ? undefined : this.early.get(call.id);
    if (early) {
      this.early.delete(call.id!);
      draft.result = early.result;
      this.pairing.close(key, draft);
    }
    return draft;
  }

  tell(told: ToldResult): void {
    const { id, name, result, call } = told;
    const found =
      id === undefined
        ? (this.pairing.findWhere((draft) => name === undefined || draft.tool === name) ??
          this.pairing.findWhere(() => true))
        : this.first(id);
    if (found) {
      found.draft.result = result;
      this.pairing.close(found.key, found.draft);
    } else if (call) {
      const draft = this.ask(call);
      draft.result = result;
      this.pairing.close(call.id ?? '', draft);
    } else if (id !== undefined && !this.pairing.knows(id)) {
      this.early.set(id, told);
    } else this.orphan(told);
  }

  end(): void {
    for (const told of this.early.values()) this.orphan(told);
    this.pairing.end();
  }

  private first(id: string): { readonly key: string; readonly draft: Draft } | undefined {
    const draft = this.pairing.find(id);
    return draft && { key: id, draft };
  }

  private orphan({ id, name }: ToldResult): void {
    const of = id ?? name;
    this.output.problem(
      this.place,
      `a tool's result without its call${of === undefined ? '' : `: ${of.slice(0, 100)}`}`,
    );
  }
}
