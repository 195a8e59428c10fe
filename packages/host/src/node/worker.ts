import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Clock } from '@benchbook/model';
import { countTurn, HEARTBEAT_BYTES, openHeartbeat, readHeartbeat, readTurns } from '../worker/heartbeat.ts';
import { createLoopWatch, createWatchdog, POLL_MS } from '../worker/watchdog.ts';
import type { WorkerEnd, WorkerHandle, WorkerPort } from '../worker/worker.ts';
import { systemClock } from './clock.ts';

export interface WorkerOptions<Event> {
  readonly onEvent: (event: Event) => void;
  /** Milliseconds one unit of work may take. Default 5,000. */
  readonly stallMs?: number;
  /** Milliseconds for which the worker may not come back to its event loop. Default: no bound. */
  readonly blockedMs?: number;
  /** Megabytes by which the process may grow during one unit of work, or while the loop stands. Default: no bound. */
  readonly stallMb?: number;
  /** Of the JavaScript heap (WebAssembly memory is outside it: see `stallMb`). */
  readonly resourceLimits?: { readonly maxOldGenerationSizeMb?: number; readonly stackSizeMb?: number };
  /** Standard output carries a protocol: what the worker prints goes to standard error. */
  readonly keepStdout?: boolean;
  /** Node options for the worker; default: those of this process. V8 flags are refused here: see {@link setV8Flags}. */
  readonly execArgv?: readonly string[];
  readonly clock?: Clock;
}

/** Generous, since a loaded machine may leave a healthy thread without its turn for a while. */
const STALL_MS = 5_000;

/** Milliseconds between two signs of life of a worker's event loop. */
const TURN_MS = 100;

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
    ...(options.keepStdout ? { stdout: true } : {}),
  });
  if (options.keepStdout) worker.stdout.pipe(process.stderr, { end: false });
  const clock = options.clock ?? systemClock;
  const watchdog = createWatchdog(heartbeat, options.stallMs ?? STALL_MS, clock);
  const isBlocked =
    options.blockedMs === undefined
      ? () => false
      : createLoopWatch(() => readTurns(heartbeat), options.blockedMs, clock);
  const grew = watchGrowth(heartbeat, options.stallMb);

  let end: WorkerEnd | undefined;
  const timer = setInterval(() => {
    const stuck = watchdog.look();
    const blocked = isBlocked();
    const isLate = stuck !== null || blocked;
    if (!isLate && !grew()) return;
    const descriptor = stuck ?? readHeartbeat(heartbeat).unit;
    end ??= { kind: 'stalled', cause: isLate ? 'time' : 'memory', descriptor };
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

/**
 * Tells when the process has grown by more than `limitMb` during one unit of work, or while the worker's loop stands
 * still: the only sight of WebAssembly memory.
 */
function watchGrowth(heartbeat: SharedArrayBuffer, limitMb: number | undefined): () => boolean {
  let beat = -1;
  let turns = -1;
  let before = 0;
  return () => {
    if (limitMb === undefined) return false;
    const now = readHeartbeat(heartbeat);
    const turned = readTurns(heartbeat);
    const size = process.memoryUsage.rss() / 1024 / 1024;
    const isSameUnit = now.unit !== null && now.beat === beat;
    const isSameWork = isSameUnit || (turned > 0 && turned === turns);
    ({ beat } = now);
    turns = turned;
    if (!isSameWork) before = size;
    return isSameWork && size - before > limitMb;
  };
}

/** Inside a worker that {@link startWorker} started: its way to the host. */
export function openWorkerPort<Request, Event>(): WorkerPort<Request, Event> {
  const port = parentPort;
  const data = workerData as Wrapped | null;
  if (!port || !(data?.heartbeat instanceof SharedArrayBuffer))
    throw new Error('this module runs as a worker that startWorker started');
  setInterval(() => countTurn(data.heartbeat), TURN_MS).unref();
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
