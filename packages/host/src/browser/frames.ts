/**
 * What goes between a browser worker and its host. Shared memory is there only on isolated pages, so the worker says
 * by message what it is about to do; the message is on its way before the work starts.
 */
export type ToWorkerFrame<Request> =
  | { readonly frame: 'request'; readonly request: Request }
  /** To be answered from the event loop. */
  | { readonly frame: 'ping'; readonly turn: number };

export type FromWorkerFrame<Event> =
  | { readonly frame: 'event'; readonly event: Event }
  | { readonly frame: 'pong'; readonly turn: number }
  | { readonly frame: 'begin'; readonly set: number; readonly request: number }
  | { readonly frame: 'end' }
  | { readonly frame: 'failed'; readonly message: string };
