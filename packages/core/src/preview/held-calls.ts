import type { Call } from '@benchbook/model';
import type { HeldSession, SessionNeeds } from '@benchbook/pdp';
import type { ReadBatch, SessionScope } from '@benchbook/traces';
import { createWalker, joinNeeds } from '../replay/walk.ts';
import type { Steps } from './steps.ts';

/** One recording of {@link HeldCalls}: calls `from` to `to` (exclusive) were read in it. */
export interface HeldFile {
  readonly path: string;
  readonly format: string;
  readonly scope: SessionScope;
  readonly from: number;
  readonly to: number;
}

/**
 * Recorded calls in memory, numbered as a replay visits them, each with its session as it stood before the call.
 * What tools answered is left out: nothing but the status of a result is ever looked at again.
 */
export class HeldCalls {
  readonly #limit: number;
  readonly #calls: Call[] = [];
  readonly #files: HeldFile[] = [];
  #needs: SessionNeeds | undefined;
  #sessions: readonly HeldSession[] = [];
  #sessionNumbers: Int32Array<ArrayBuffer> = new Int32Array(0);
  #order: Int32Array<ArrayBuffer> | undefined;
  #numbers: Map<string, number> | undefined;
  /** Calls that came when the limit was reached. */
  leftOut = 0;

  /** Holds at most `limit` calls, the first that come. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#calls.length;
  }
  get files(): readonly HeldFile[] {
    return this.#files;
  }
  get isFull(): boolean {
    return this.#calls.length >= this.#limit;
  }

  /** A new recording begins. */
  begin(path: string): void {
    const from = this.#calls.length;
    this.#files.push({ path, format: 'unknown', scope: 'recording', from, to: from });
  }

  /** Adds what was read of the recording that began last. */
  add({ calls, format, sessionScope: scope }: ReadBatch): void {
    const last = this.#files.pop()!;
    const room = Math.max(0, this.#limit - this.#calls.length);
    for (const call of calls.slice(0, room)) this.#calls.push(lightened(call));
    this.leftOut += Math.max(0, calls.length - room);
    this.#files.push({ ...last, scope, format: format ?? last.format, to: this.#calls.length });
  }

  call(index: number): Call {
    return this.#calls[index]!;
  }
  /** As it stood before the call; carries what was walked for. */
  session(index: number): HeldSession {
    return this.#sessions[index]!;
  }
  /** Of the call's session in reading order, from 0. */
  sessionNumber(index: number): number {
    return this.#sessionNumbers[index]!;
  }

  /** The number of the call with this id (unique, as reports print it). */
  find(id: string): number | undefined {
    this.#numbers ??= new Map(this.#calls.map((call, index) => [call.id, index]));
    return this.#numbers.get(id);
  }

  /** Numbers of calls in reading order: recordings as given, sessions by first call, `seq`. */
  get order(): Int32Array {
    this.#order ??= this.#readingOrder();
    return this.#order;
  }

  /** Sessions carry what `needs` asks already. */
  carries(needs: SessionNeeds): boolean {
    const own = this.#needs;
    return own !== undefined && same(joinNeeds([own, needs]), own);
  }

  /** Makes sessions carry what `needs` asks, beside what they carried before. */
  *walk(needs: SessionNeeds): Steps {
    const joined = this.#needs ? joinNeeds([this.#needs, needs]) : needs;
    const sessions: HeldSession[] = [];
    const numbers = new Int32Array(this.#calls.length);
    const walker = createWalker(joined, ({ call, session, sessionNumber }) => {
      const index = sessions.length;
      this.#calls[index] = call;
      numbers[index] = sessionNumber;
      sessions.push(session.hold());
    });
    for (const { from, to, scope } of this.#files) {
      walker.begin();
      for (let index = from; index < to; index++) {
        walker.visit(this.#calls[index]!, scope);
        yield;
      }
    }
    this.#sessions = sessions;
    this.#sessionNumbers = numbers;
    this.#needs = joined;
    this.#order = undefined;
    this.#numbers = undefined;
  }

  #readingOrder(): Int32Array<ArrayBuffer> {
    const order = Int32Array.from(this.#calls, (_, index) => index);
    const before = (a: number, b: number): number =>
      this.sessionNumber(a) - this.sessionNumber(b) || this.#calls[a]!.seq - this.#calls[b]!.seq || a - b;
    for (const { from, to } of this.#files) order.subarray(from, to).sort(before);
    return order;
  }
}

function same(a: SessionNeeds, b: SessionNeeds): boolean {
  return a.calls === b.calls && a.tools === b.tools && a.history === b.history;
}

function lightened(call: Call): Call {
  return call.result?.content === undefined ? call : { ...call, result: { status: call.result.status } };
}
