import type { Steps } from '@benchbook/core';

/** Does long work in slices, so that whatever waits goes first. */
export interface Pacer {
  /** Pauses where the slice is used up. */
  rest(): Promise<void>;
  /** Does the steps, pausing between them; null where `isWanted` said no after a pause: the rest is dropped. */
  run<Result>(steps: Steps<Result>, isWanted: () => boolean): Promise<{ readonly result: Result } | null>;
}

/** Milliseconds of work between two pauses. */
const SLICE = 8;

export function createPacer({ pause, now }: { pause(): Promise<void>; now(): number }): Pacer {
  let start = now();

  async function rest(): Promise<void> {
    if (now() - start < SLICE) return;
    await pause();
    start = now();
  }

  return {
    rest,
    async run(steps, isWanted) {
      // Others may have worked since the last slice.
      await pause();
      start = now();
      if (!isWanted()) return null;
      for (;;) {
        const { done, value } = steps.next();
        if (done) return { result: value };
        if (now() - start < SLICE) continue;
        await rest();
        if (isWanted()) continue;
        steps.return(undefined as never);
        return null;
      }
    },
  };
}
