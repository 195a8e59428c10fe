import type { WorkerPort } from '../worker/worker.ts';
import type { FromWorkerFrame, ToWorkerFrame } from './frames.ts';

/** The global scope of a worker, as far as it is needed. */
export interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listen: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** Inside a worker that `startBrowserWorker` started: its way to the host. */
export function openBrowserPort<Request, Event>(
  scope: WorkerScope = globalThis as unknown as WorkerScope,
): WorkerPort<Request, Event> {
  const post = (frame: FromWorkerFrame<Event>, transfer: readonly ArrayBuffer[] = []) =>
    scope.postMessage(frame, [...transfer]);
  let handle: ((request: Request) => void | Promise<void>) | undefined;
  let queue: Promise<void> = Promise.resolve();
  const early: Request[] = [];
  let isOpen = false;
  let isEnding = false;

  function take(request: Request): void {
    if (!handle) {
      early.push(request);
      return;
    }
    const work = handle;
    queue = queue
      .then(() => work(request))
      .catch((error: unknown) => {
        post({ frame: 'failed', message: error instanceof Error ? error.message : String(error) });
      });
  }

  scope.addEventListener('message', ({ data }) => {
    const frame = data as ToWorkerFrame<Request>;
    if (frame.frame === 'ping') post({ frame: 'pong', turn: frame.turn });
    else if (frame.frame === 'request') take(frame.request);
  });

  return {
    heartbeat: {
      begin(set, request) {
        isOpen = true;
        post({ frame: 'begin', set, request });
      },
      end() {
        if (!isOpen) return;
        isOpen = false;
        if (isEnding) return;
        // Units follow each other within one turn by the thousand: the end of the last is enough.
        isEnding = true;
        queueMicrotask(() => {
          isEnding = false;
          if (!isOpen) post({ frame: 'end' });
        });
      },
    },
    post: (event, transfer) => post({ frame: 'event', event }, transfer),
    onRequest(next) {
      handle = next;
      for (const request of early.splice(0)) take(request);
    },
    close: () => scope.close(),
  };
}
