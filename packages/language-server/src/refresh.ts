/** Milliseconds between two refreshes at least. */
export const REFRESH_MS = 150;

/**
 * Calls `refresh` soon after it is asked for: at once, then not again until the client has answered and a little time
 * has passed; the last wish is always met.
 */
export function throttled(refresh: () => Promise<unknown>, everyMs = REFRESH_MS): () => void {
  let isBusy = false;
  let isWanted = false;

  function run(): void {
    isBusy = true;
    isWanted = false;
    const rest = new Promise<void>((resolve) => setTimeout(resolve, everyMs));
    const done = refresh().catch(() => {});
    void Promise.all([done, rest]).then(() => {
      isBusy = false;
      if (isWanted) run();
    });
  }

  return () => {
    if (isBusy) isWanted = true;
    else run();
  };
}
