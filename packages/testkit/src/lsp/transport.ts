import { PassThrough } from 'node:stream';
import {
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/** One end of a connection. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/** Two ends joined by streams, with everything that goes over a real wire. */
export function duplex(): { readonly client: Transport; readonly server: Transport } {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  return {
    client: { reader: new StreamMessageReader(toClient), writer: new StreamMessageWriter(toServer) },
    server: { reader: new StreamMessageReader(toServer), writer: new StreamMessageWriter(toClient) },
  };
}
