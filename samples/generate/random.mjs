/** A small seeded generator (mulberry32): the same recordings on every machine. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from, to) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    pick: (list) => list[int(0, list.length - 1)],
    /** An amount of money with cents. */
    money: (from, to) => int(from * 100, to * 100) / 100,
    chance: (share) => next() < share,
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
  };
}

/** A clock that only the script moves. */
export function clock(start) {
  let now = Date.parse(start);
  return {
    forward(milliseconds) {
      now += milliseconds;
      return new Date(now).toISOString();
    },
    /** Nanoseconds since 1970, as OTLP writes them. */
    nanos: () => `${BigInt(now) * 1_000_000n}`,
    later(milliseconds) {
      now += milliseconds;
      return `${BigInt(now) * 1_000_000n}`;
    },
  };
}

export function jsonLines(values) {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
