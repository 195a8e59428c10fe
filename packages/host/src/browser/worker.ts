import type { Clock } from '@benchbook/model';
import type { UnitDescriptor } from '../worker/heartbeat.ts';
import { createLoopWatch, POLL_MS } from '../worker/watchdog.ts';
import type { WorkerEnd, WorkerHandle } from '../worker/worker.ts';
import { browserClock } from './clock.ts';
import type { FromWorkerFrame, ToWorkerFrame } from './frames.ts';

/** A worker as the browser gives it, as far as it is needed. */
export interface RawWorker {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listen: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listen: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

export interface BrowserWorkerOptions<Event> {
  readonly onEvent: (event: Event) => void;
  /** Milliseconds one unit of work may take. Default 5,000. */
  readonly stallMs?: number;
  /** Milliseconds for which the worker may not come back to its event loop. Default: no bound. */
  readonly blockedMs?: number;
  readonly clock?: Clock;
  /** Makes the worker of a URL. Default: a classic worker, by way of a blob where the URL is of another origin. */
  readonly create?: (url: string) => RawWorker;
}

const STALL_MS = 5_000;

/** Starts a worker from the URL of a classic script (which calls `openBrowserPort`) and watches it. */
export function startBrowserWorker<Request, Event>(
  url: string,
  options: BrowserWorkerOptions<Event>,
): WorkerHandle<Request> {
  const clock = options.clock ?? browserClock;
  const worker = (options.create ?? createRawWorker)(url);
  const post = (frame: ToWorkerFrame<Request>, transfer: readonly ArrayBuffer[] = []) =>
    worker.postMessage(frame, [...transfer]);
  let unit: UnitDescriptor | null = null;
  let units = 0;
  let turns = 0;
  let asked = 0;

  const isUnitLate = createLoopWatch(() => units, options.stallMs ?? STALL_MS, clock);
  const isBlocked =
    options.blockedMs === undefined ? () => false : createLoopWatch(() => turns, options.blockedMs, clock);

  let finish = (_end: WorkerEnd) => {};
  const ended = new Promise<WorkerEnd>((resolve) => {
    const timer = setInterval(look, POLL_MS);
    finish = (end) => {
      clearInterval(timer);
      worker.terminate();
      finish = () => {};
      resolve(end);
    };
    look();
  });

  function look(): void {
    if (asked === turns) post({ frame: 'ping', turn: ++asked });
    // Between units nothing is late.
    if (unit === null) units++;
    const isLate = isUnitLate();
    if (isLate || isBlocked()) finish({ kind: 'stalled', cause: 'time', descriptor: unit });
  }

  worker.addEventListener('message', ({ data }) => {
    const frame = data as FromWorkerFrame<Event>;
    switch (frame.frame) {
      case 'event':
        options.onEvent(frame.event);
        break;
      case 'pong':
        turns = frame.turn;
        break;
      case 'begin':
        unit = { set: frame.set, request: frame.request };
        units++;
        break;
      case 'end':
        unit = null;
        units++;
        break;
      case 'failed':
        finish({ kind: 'crashed', message: frame.message, descriptor: unit });
    }
  });
  worker.addEventListener('error', ({ message }) => {
    finish({ kind: 'crashed', message: message || 'its script could not be run', descriptor: unit });
  });

  return {
    send: (request, transfer) => post({ frame: 'request', request }, transfer),
    async stop() {
      finish({ kind: 'finished' });
      await ended;
    },
    ended,
  };
}

/** A page may start workers of its own origin only; a blob is, and may import what is not. */
function createRawWorker(url: string): RawWorker {
  const isOwn = new URL(url, self.location.href).origin === self.location.origin;
  if (isOwn) return new Worker(url);
  const script = new Blob([`importScripts(${JSON.stringify(url)});`], { type: 'text/javascript' });
  const blob = URL.createObjectURL(script);
  const worker = new Worker(blob);
  // Once it runs, or never will, the blob is needed no more.
  const forget = () => URL.revokeObjectURL(blob);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  return worker;
}
