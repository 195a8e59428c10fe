/** Amounts over a span of time that ends now. They are whole millionths, so that sums are exact. */
export interface SlidingWindow {
  /** Adds an amount, and gives the sum over the window that ends at `time`. Times must not fall. */
  add(time: number, amount: bigint): bigint;
  /** What a window that ends at `now` holds. */
  entries(now: number): readonly { readonly time: number; readonly amount: bigint }[];
}

/** A window of `length` milliseconds: what is as old as that has left it. */
export function slidingWindow(length: number): SlidingWindow {
  let held: { readonly time: number; readonly amount: bigint }[] = [];
  let start = 0;
  let total = 0n;

  function leave(now: number): void {
    while (start < held.length && held[start]!.time <= now - length) total -= held[start++]!.amount;
    if (start > 1_000 && start * 2 > held.length) {
      held = held.slice(start);
      start = 0;
    }
  }

  return {
    add(time, amount) {
      leave(time);
      held.push({ time, amount });
      total += amount;
      return total;
    },
    entries(now) {
      leave(now);
      return held.slice(start);
    },
  };
}

/**
 * A number as millionths; a number in a string counts. Undefined for what is none. Below zero it counts as nothing,
 * so that a negative amount makes no room for others.
 */
export function amountOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value > 0n ? value * 1_000_000n : 0n;
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if (number <= 0) return 0n;
  return number < 1e9 ? BigInt(Math.round(number * 1e6)) : BigInt(Math.round(number)) * 1_000_000n;
}
