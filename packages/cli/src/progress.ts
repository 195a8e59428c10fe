/** A progress line on stderr, from the second second on, where stderr is a terminal. */
export interface Progress {
  update(calls: number, share: number): void;
  end(): void;
}

const DELAY_MS = 1000;
const EVERY_MS = 100;

export function startProgress(what: string): Progress {
  const start = performance.now();
  let last = 0;
  let shown = false;
  return {
    update(calls, share) {
      const now = performance.now();
      if (!process.stderr.isTTY || now - start < DELAY_MS || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      const percent = `${Math.min(100, Math.floor(share * 100))} %`.padStart(5);
      process.stderr.write(`\r\u001b[K${what} ${calls.toLocaleString('en-US')} calls ${percent}`);
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[K');
    },
  };
}
