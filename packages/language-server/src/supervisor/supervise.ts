import type { WorkerEnd, WorkerHandle } from '@benchbook/host';
import {
  type InitializeParams,
  LSPErrorCodes,
  Message,
  type MessageReader,
  MessageType,
  type MessageWriter,
  type RequestMessage,
  type ResponseMessage,
} from 'vscode-languageserver';
import { readOptions } from '../client.ts';
import type { FromWorker, LostWork, ToWorker } from '../worker/messages.ts';
import { createLostWorkLog } from './lost-work.ts';
import { createMirror } from './mirror.ts';
import { createOutward } from './outward.ts';

/** This many workers may be lost within {@link WITHIN_MS}; then no other is started. */
const MAX_LOST = 5;
const WITHIN_MS = 3 * 60_000;

export interface SupervisorOptions {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Starts a worker; `options` are the client's `initializationOptions`. */
  start(
    options: ReturnType<typeof readOptions>,
    lost: LostWork,
    onEvent: (event: FromWorker) => void,
  ): WorkerHandle<ToWorker>;
  /** Milliseconds, monotonic. */
  now(): number;
}

/**
 * Stands between the client and a server in a worker, and passes everything on. When the worker gets stuck or dies, a
 * new one is told all that the client has told; what the client waits for is answered with an error. Resolves with
 * the exit code when the client has said `exit` or is gone.
 */
export function supervise({ reader, writer, start, now }: SupervisorOptions): Promise<number> {
  const mirror = createMirror();
  const log = createLostWorkLog();
  /** Requests of the client that the worker has not answered, by id. */
  const waiting = new Map<RequestMessage['id'], string>();
  const lostAt: number[] = [];
  let generation = 0;
  let outward = createOutward(generation);
  let worker: WorkerHandle<ToWorker> | undefined;
  let gaveUp: string | undefined;
  let isShutDown = false;
  let isOver = false;

  const send = (message: object) => void writer.write({ jsonrpc: '2.0', ...message } as Message);
  const show = (type: MessageType, message: string) =>
    send({ method: 'window/showMessage', params: { type, message } });
  const refuse = (id: RequestMessage['id'], message: string) =>
    send({ id, error: { code: LSPErrorCodes.RequestFailed, message } });
  const toWorker = (message: Message) => worker?.send({ kind: 'message', message });
  /** Of requests that the supervisor itself makes in the client's name. */
  const ownIds = () => `supervisor:${generation}:`;

  function startWorker(): void {
    const own = ++generation;
    outward = createOutward(own);
    const params = mirror.initialize()?.params as InitializeParams | undefined;
    const started = start(readOptions(params?.initializationOptions), log.all(), (event) => {
      if (own === generation) onEvent(event);
    });
    worker = started;
    void started.ended.then((end) => {
      if (own === generation && !isOver) onLost(end);
    });
  }

  function onEvent(event: FromWorker): void {
    if (event.kind === 'set') {
      log.name(event.index, { place: event.place, set: event.set });
      return;
    }
    const { message } = event;
    if (Message.isResponse(message)) {
      if (String(message.id).startsWith(ownIds())) return;
      if (message.id !== null) waiting.delete(message.id);
    }
    void writer.write(outward.out(message));
  }

  function onLost(end: WorkerEnd): void {
    const set = log.lose(end);
    worker = undefined;
    for (const message of outward.retract()) send(message);
    const since = now() - WITHIN_MS;
    while (lostAt[0] !== undefined && lostAt[0] < since) lostAt.shift();
    lostAt.push(now());
    if (lostAt.length >= MAX_LOST) giveUp(describe(end, set));
    else startAnew(describe(end, set));
  }

  function startAnew(why: string): void {
    const initialize = mirror.initialize();
    for (const [id, method] of [...waiting]) {
      if (method === 'initialize') continue;
      waiting.delete(id);
      refuse(id, 'the policies had to be loaded anew; ask again');
    }
    if (!initialize) return;
    // Told once: a user who is told of every restart learns nothing from the second.
    if (lostAt.length === 1) show(MessageType.Warning, `Benchbook started its engine anew: ${why}.`);
    startWorker();
    const isAnswered = !waiting.has(initialize.id);
    toWorker(isAnswered ? ({ ...initialize, id: `${ownIds()}initialize` } as Message) : initialize);
    for (const message of mirror.replay(`${ownIds()}choose:`)) toWorker(message);
  }

  function giveUp(why: string): void {
    gaveUp = `Benchbook stopped: its engine was lost ${MAX_LOST} times within three minutes (${why}). Mend or remove what it gets stuck at, then start the language server again.`;
    show(MessageType.Error, gaveUp);
    for (const id of waiting.keys()) refuse(id, gaveUp);
    waiting.clear();
  }

  return new Promise((resolve) => {
    function over(code: number): void {
      if (isOver) return;
      isOver = true;
      void (worker?.stop() ?? Promise.resolve()).then(() => resolve(code));
    }

    reader.onClose(() => over(isShutDown ? 0 : 1));
    reader.listen((message) => {
      if (isOver) return;
      if (Message.isResponse(message)) {
        const answer = outward.answer(message as ResponseMessage);
        if (answer) toWorker(answer);
        return;
      }
      mirror.note(message);
      const { method, id } = message as RequestMessage;
      if (method === 'exit') {
        over(isShutDown ? 0 : 1);
      } else if (method === 'shutdown') {
        // Answered here: a worker that is stuck would never.
        isShutDown = true;
        send({ id, result: null });
      } else if (gaveUp !== undefined) {
        if (Message.isRequest(message)) refuse(id, gaveUp);
      } else {
        if (Message.isRequest(message)) waiting.set(id, method);
        if (!worker) startWorker();
        toWorker(message);
      }
    });
  });
}

function describe(end: WorkerEnd, set: string | null): string {
  const at = set === null ? '' : ` while deciding with ${set}`;
  if (end.kind === 'crashed') return `it crashed${at} (${end.message})`;
  if (end.kind === 'finished') return 'it ended by itself';
  return end.cause === 'time' ? `it was stuck${at}` : `it took too much memory${at}`;
}
