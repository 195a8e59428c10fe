/** Keeps something up to date that takes a while to get: one request at a time, and a last one for the last wish. */

export interface Renewal {
  /** Soon after the last call of this. */
  soon(): void;
  now(): void;
  dispose(): void;
}

/** `renew` is never run twice at once and must not reject. */
export function renewal(renew: () => Promise<void>, afterMs: number): Renewal {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isWanted = false;
  let isOver = false;

  function now(): void {
    clearTimeout(timer);
    if (isOver) return;
    isWanted = true;
    if (!isBusy) void run();
  }

  async function run(): Promise<void> {
    isBusy = true;
    while (isWanted && !isOver) {
      isWanted = false;
      await renew();
    }
    isBusy = false;
  }

  return {
    now,
    soon() {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(now, afterMs);
    },
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
