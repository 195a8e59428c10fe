import type { WorkerPort } from '@benchbook/host';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver';
import type { FromWorker } from './messages.ts';

/** Messages that another part of the program hands in. */
export class HandedReader extends AbstractMessageReader implements MessageReader {
  #callback: DataCallback | undefined;
  readonly #waiting: Message[] = [];

  hand(message: Message): void {
    if (this.#callback) this.#callback(message);
    else this.#waiting.push(message);
  }

  listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    for (const message of this.#waiting.splice(0)) callback(message);
    return Disposable.create(() => {
      this.#callback = undefined;
    });
  }
}

/** Messages to the supervisor. */
export class PortWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #port: Pick<WorkerPort<never, FromWorker>, 'post'>;

  constructor(port: Pick<WorkerPort<never, FromWorker>, 'post'>) {
    super();
    this.#port = port;
  }

  async write(message: Message): Promise<void> {
    this.#port.post({ kind: 'message', message });
  }

  end(): void {}
}
