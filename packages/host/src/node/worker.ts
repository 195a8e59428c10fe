import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Clock } from '@benchbook/model';
import { HEARTBEAT_BYTES, openHeartbeat, readHeartbeat } from '../worker/heartbeat.ts';
import { createWatchdog, POLL_MS } from '../worker/watchdog.ts';
import type { WorkerEnd, WorkerHandle, WorkerPort } from '../worker/worker.ts';
import { systemClock } from './clock.ts';

export interface WorkerOptions<Event> {
  readonly onEvent: (event: Event) => void;
  /** Milliseconds one unit of work may take. Default 5,000. */
  readonly stallMs?: number;
  /** Megabytes by which the process may grow during one unit of work. Default: no bound. */
  readonly stallMb?: number;
  /** Of the JavaScript heap (WebAssembly memory is outside it: see `stallMb`). */
  readonly resourceLimits?: { readonly maxOldGenerationSizeMb?: number; readonly stackSizeMb?: number };
  /** Node options for the worker; default: those of this process. V8 flags are refused here: see {@link setV8Flags}. */
  readonly execArgv?: readonly string[];
  readonly clock?: Clock;
}

/** Generous, since a loaded machine may leave a healthy thread without its turn for a while. */
const STALL_MS = 5_000;

interface Wrapped {
  readonly heartbeat: SharedArrayBuffer;
}

/**
 * Starts a worker thread from `entry` (JavaScript; the entry calls {@link openWorkerPort}) and watches it. A unit of
 * work that does not end in time ends the worker; the caller learns which one it was and may start another.
 */
export function startWorker<Request, Event>(
  entry: URL | string,
  options: WorkerOptions<Event>,
): WorkerHandle<Request> {
  const heartbeat = new SharedArrayBuffer(HEARTBEAT_BYTES);
  const worker = new Worker(entry, {
    workerData: { heartbeat } satisfies Wrapped,
    ...(options.execArgv ? { execArgv: [...options.execArgv] } : {}),
    ...(options.resourceLimits ? { resourceLimits: options.resourceLimits } : {}),
  });
  const watchdog = createWatchdog(heartbeat, options.stallMs ?? STALL_MS, options.clock ?? systemClock);
  const growth = watchGrowth(heartbeat, options.stallMb);

  let end: WorkerEnd | undefined;
  const timer = setInterval(() => {
    const stuck = watchdog.look();
    const greedy = stuck ? null : growth();
    const descriptor = stuck ?? greedy;
    if (!descriptor) return;
    end ??= { kind: 'stalled', cause: stuck ? 'time' : 'memory', descriptor };
    clearInterval(timer);
    void worker.terminate();
  }, POLL_MS);

  const ended = new Promise<WorkerEnd>((resolve) => {
    // Until the end: what a worker posted before it got stuck counts.
    worker.on('message', (event: Event) => options.onEvent(event));
    worker.on('messageerror', (error) => {
      end ??= crash(error.message, heartbeat);
      void worker.terminate();
    });
    worker.on('error', (error) => {
      end ??= crash(describe(error), heartbeat);
    });
    worker.on('exit', (code) => {
      clearInterval(timer);
      const cut = code !== 0 || readHeartbeat(heartbeat).unit !== null;
      end ??= cut ? crash(`the worker ended with code ${code}`, heartbeat) : { kind: 'finished' };
      resolve(end);
    });
  });

  return {
    send(request, transfer = []) {
      worker.postMessage(request, [...transfer]);
    },
    async stop() {
      end ??= { kind: 'finished' };
      await worker.terminate();
      await ended;
    },
    ended,
  };
}

function crash(message: string, heartbeat: SharedArrayBuffer): WorkerEnd {
  return { kind: 'crashed', message, descriptor: readHeartbeat(heartbeat).unit };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'the worker ran out of memory';
  return error.message;
}

/** Finds a unit during which the process grew by more than `limitMb` (the only sight of WebAssembly memory). */
function watchGrowth(heartbeat: SharedArrayBuffer, limitMb: number | undefined) {
  let beat = -1;
  let before = 0;
  return () => {
    if (limitMb === undefined) return null;
    const now = readHeartbeat(heartbeat);
    const size = process.memoryUsage.rss() / 1024 / 1024;
    if (now.unit === null || now.beat !== beat) {
      beat = now.beat;
      before = size;
      return null;
    }
    return size - before > limitMb ? now.unit : null;
  };
}

/** Inside a worker that {@link startWorker} started: its way to the host. */
export function openWorkerPort<Request, Event>(): WorkerPort<Request, Event> {
  const port = parentPort;
  const data = workerData as Wrapped | null;
  if (!port || !(data?.heartbeat instanceof SharedArrayBuffer))
    throw new Error('this module runs as a worker that startWorker started');
  return {
    heartbeat: openHeartbeat(data.heartbeat),
    post(event, transfer = []) {
      port.postMessage(event, [...transfer]);
    },
    onRequest(handle) {
      let queue: Promise<void> = Promise.resolve();
      port.on('message', (request: Request) => {
        queue = queue.then(() => handle(request));
      });
    },
    close() {
      port.close();
    },
  };
}
