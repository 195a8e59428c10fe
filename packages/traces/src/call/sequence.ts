import type { Call } from '@benchbook/model';

/** Sessions of which the next number is remembered; twice as many at most. */
const REMEMBERED = 100_000;

/**
 * Brings the calls of a session into the order their recording states. A call that comes early is held until
 * those before it came, at most `limit` calls of a file; then the smallest of the longest waiting session goes.
 */
export class Sequencer {
  private recent = new Map<string, number>();
  private older = new Map<string, number>();
  /** Sessions whose numbers are given here: none may be forgotten, or numbers would repeat. */
  private readonly counted = new Map<string, number>();
  private readonly held = new Map<string, Map<number, Call>>();
  private count = 0;

  private readonly release: (call: Call) => void;
  private readonly limit: number;

  constructor(release: (call: Call) => void, limit: number) {
    this.release = release;
    this.limit = limit;
  }

  /** The number of a session's next call where the recording tells none. */
  next(session: string): number {
    return this.expected(session);
  }

  /** Takes a call whose number the recording states, or was asked from {@link next} (`counted`). */
  accept(call: Call, counted: boolean): void {
    const { session, seq } = call;
    const expected = this.expected(session);
    if (seq > expected) {
      const waiting = this.held.get(session) ?? new Map<number, Call>();
      this.held.set(session, waiting);
      if (waiting.has(seq)) {
        this.release(call);
        return;
      }
      waiting.set(seq, call);
      if (++this.count > this.limit) this.releaseOldest();
      return;
    }
    this.release(call);
    if (seq === expected) this.advance(session, seq + 1, counted);
  }

  /** Lets go of everything: sessions in the order in which they began to wait. */
  end(): void {
    while (this.held.size > 0) this.releaseOldest();
  }

  private expected(session: string): number {
    return this.counted.get(session) ?? this.recent.get(session) ?? this.older.get(session) ?? 0;
  }

  private advance(session: string, next: number, counted: boolean): void {
    let following = next;
    const waiting = this.held.get(session);
    if (waiting) {
      for (let call = waiting.get(following); call; call = waiting.get(following)) {
        waiting.delete(following);
        this.count--;
        this.release(call);
        following++;
      }
      if (waiting.size === 0) this.held.delete(session);
    }
    if (counted || this.counted.has(session)) this.counted.set(session, following);
    else {
      this.recent.set(session, following);
      if (this.recent.size > REMEMBERED) {
        this.older = this.recent;
        this.recent = new Map();
      }
    }
  }

  private releaseOldest(): void {
    const oldest = this.held.entries().next();
    if (oldest.done) return;
    const [session, waiting] = oldest.value;
    const seq = Math.min(...waiting.keys());
    const call = waiting.get(seq)!;
    waiting.delete(seq);
    this.count--;
    this.release(call);
    this.advance(session, seq + 1, false);
  }
}
