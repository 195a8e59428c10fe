import {
  type Connection,
  createConnection,
  createProtocolConnection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver';

/**
 * A server connection over any transport that leaves the process alone: who started the server ends it. The entry
 * must have imported `vscode-languageserver/node` or `/browser`, which tell the library where it runs.
 */
export function connectionOver(reader: MessageReader, writer: MessageWriter): Connection {
  return createConnection((logger) => createProtocolConnection(reader, writer, logger), {
    initialize() {},
    exit() {},
    shutdownReceived: false,
  });
}
