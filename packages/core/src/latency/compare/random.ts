/** Gives numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** The generator sfc32, seeded: the same seed gives the same numbers everywhere. */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  // Until every bit of the seed has reached every bit of the state.
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Puts indexes into random order, in place (Fisher and Yates). */
export function shuffle(indexes: Int32Array, random: Random): void {
  for (let i = indexes.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = indexes[i]!;
    indexes[i] = indexes[j]!;
    indexes[j] = kept;
  }
}
