import type { Draft } from './draft.ts';

interface Waiting {
  readonly draft: Draft;
  readonly key: string;
  readonly weight: number;
  closed: boolean;
}

/**
 * Keeps calls in their order until their results come. Holds at most `limit` calls of `maxWeight` characters:
 * then the first goes without its result, and a result that comes later finds nothing.
 */
export class Pairing {
  private readonly queue: Waiting[] = [];
  private head = 0;
  private weight = 0;
  private readonly open = new Map<string, Waiting[]>();
  private released = new Set<string>();
  private releasedBefore = new Set<string>();

  private readonly emit: (draft: Draft) => void;
  private readonly limit: number;
  private readonly maxWeight: number;

  constructor(emit: (draft: Draft) => void, limit: number, maxWeight = 64 * 1024 * 1024) {
    this.emit = emit;
    this.limit = limit;
    this.maxWeight = maxWeight;
  }

  /** A new call; `key` is what its result will name. */
  add(key: string, draft: Draft, weight = 0): void {
    const waiting: Waiting = { draft, key, weight, closed: false };
    this.queue.push(waiting);
    this.weight += weight;
    const same = this.open.get(key);
    if (same) same.push(waiting);
    else this.open.set(key, [waiting]);
    while (this.queue.length - this.head > this.limit || this.weight > this.maxWeight) this.shift();
  }

  /** The first call of that key that still waits. */
  find(key: string): Draft | undefined {
    return this.open.get(key)?.[0]?.draft;
  }

  /** The first waiting call for which `test` holds. */
  findWhere(test: (draft: Draft) => boolean): { readonly key: string; readonly draft: Draft } | undefined {
    for (let i = this.head; i < this.queue.length; i++) {
      const waiting = this.queue[i]!;
      if (!waiting.closed && test(waiting.draft)) return waiting;
    }
    return undefined;
  }

  /** True where a call of that key has been, with or without its result. */
  knows(key: string): boolean {
    return this.open.has(key) || this.released.has(key) || this.releasedBefore.has(key);
  }

  /** The call of that key (or that very draft) has its result. */
  close(key: string, draft?: Draft): void {
    const same = this.open.get(key);
    const index = draft === undefined ? 0 : (same?.findIndex((item) => item.draft === draft) ?? -1);
    const waiting = same?.[index];
    if (!same || !waiting) return;
    waiting.closed = true;
    same.splice(index, 1);
    if (same.length === 0) this.forget(key);
    while (this.queue[this.head]?.closed) this.shift();
  }

  /** Everything that waits goes out. */
  end(): void {
    while (this.head < this.queue.length) this.shift();
  }

  private shift(): void {
    const waiting = this.queue[this.head]!;
    this.head++;
    this.weight -= waiting.weight;
    if (this.head > 1_024 && this.head * 2 > this.queue.length) {
      this.queue.splice(0, this.head);
      this.head = 0;
    }
    if (!waiting.closed) {
      const same = this.open.get(waiting.key);
      same?.splice(same.indexOf(waiting), 1);
      if (same?.length === 0) this.forget(waiting.key);
    }
    this.emit(waiting.draft);
  }

  private forget(key: string): void {
    this.open.delete(key);
    this.released.add(key);
    if (this.released.size > 50_000) {
      this.releasedBefore = this.released;
      this.released = new Set();
    }
  }
}
