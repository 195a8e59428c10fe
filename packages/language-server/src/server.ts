import {
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  ErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { capabilitiesFor } from './capabilities.ts';
import { readOptions } from './client.ts';
import { handleFeatures } from './features/features.ts';
import { handleFiles } from './files/files.ts';
import { type PlatformFactory, UNWATCHED, type WorkerMemory } from './platform.ts';
import { executeCommand } from './requests/commands.ts';
import { handleOwnRequests } from './requests/own.ts';
import { createSession, type Session } from './session.ts';

/**
 * Makes the language server on a connection, which is then to be listened to. `memory` is what a supervisor knows of
 * earlier workers.
 */
export function createServer(
  connection: Connection,
  createPlatform: PlatformFactory,
  memory: WorkerMemory = UNWATCHED,
): void {
  let session: Session | undefined;
  const current = (): Session => {
    if (session) return session;
    throw new ResponseError(ErrorCodes.ServerNotInitialized, 'the server is not initialized');
  };

  connection.onInitialize((params) => {
    session = createSession(connection, params, createPlatform, memory);
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
      session?.folders.remove(removed.map(({ uri }) => uri));
      void session?.folders.add(added.map(({ uri }) => uri));
    });
    const { plainClient } = readOptions(params.initializationOptions);
    return {
      capabilities: capabilitiesFor(session.client, plainClient === true),
      serverInfo: { name: 'benchbook' },
    };
  });
  connection.onInitialized(() => {
    // Not awaited: what the client sends next must not wait for what it is asked.
    session?.initialized().catch((error: unknown) => connection.console.error(String(error)));
  });
  connection.onDidChangeConfiguration(({ settings }) => session?.settingsChanged(settings));
  connection.onShutdown(() => {
    session?.folders.dispose();
  });
  connection.onExecuteCommand((params) => executeCommand(params, current()));
  handleFiles(connection, () => session);
  handleFeatures(connection, current);
  handleOwnRequests(connection, current);
}
