import type { ServiceEvent } from '@benchbook/language-service';
import { METHODS, type ServerSettings } from '@benchbook/protocol';
import { CodeLensRefreshRequest, type Connection, type InitializeParams } from 'vscode-languageserver';
import { abilitiesOf, foldersOf, readOptions } from './client.ts';
import { pullSettings, pushedSettings } from './configuration.ts';
import type { ServerContext } from './context.ts';
import { createDocuments } from './documents.ts';
import { createFolders } from './folders/folders.ts';
import type { Root } from './folders/root.ts';
import type { PlatformFactory, WorkerMemory } from './platform.ts';
import { createPublisher } from './publish.ts';
import { throttled } from './refresh.ts';
import { createRegistrations, watchFiles } from './registration.ts';
import { statusOf } from './requests/status.ts';
import { serviceSettings } from './settings.ts';

/** What lives from `initialize` to the end. */
export interface Session extends ServerContext {
  /** The client may be asked from now on. */
  initialized(): Promise<void>;
  /** Settings may have changed; `pushed` is what the client sent with the news. */
  settingsChanged(pushed: unknown): Promise<void>;
}

export function createSession(
  connection: Connection,
  params: InitializeParams,
  createPlatform: PlatformFactory,
  memory: WorkerMemory,
): Session {
  const options = readOptions(params.initializationOptions);
  const client = abilitiesOf(params.capabilities);
  const platform = createPlatform(options, (method, given) => connection.sendRequest(method, given));
  const documents = createDocuments();
  const register = createRegistrations(connection, client, platform);
  const publisher = createPublisher(
    connection,
    documents,
    (root, uri) => folders.opened(uri)?.root.place === root.place,
  );
  let settings: ServerSettings = pushedSettings(params.initializationOptions);
  let allowReading = () => {};

  const folders = createFolders({
    platform,
    memory,
    documents,
    ready: new Promise<void>((resolve) => {
      allowReading = resolve;
    }),
    settings: () => serviceSettings(settings, options.trusted !== false),
    onEvent,
    onClosed: (root) => publisher.clear(root),
    onProblem: (message) => connection.window.showWarningMessage(message),
  });
  void folders.add(foldersOf(params));

  const changed = new Set<Root>();
  const refresh = throttled(async () => {
    const roots = [...changed];
    changed.clear();
    if (!options.plainClient) {
      for (const status of roots.map(statusOf)) {
        if (status) void connection.sendNotification(METHODS.status, status);
      }
    }
    await Promise.all([
      client.refreshHints && connection.languages.inlayHint.refresh(),
      client.refreshLenses && connection.sendRequest(CodeLensRefreshRequest.type),
    ]);
  });

  function onEvent(root: Root, event: ServiceEvent): void {
    switch (event.kind) {
      case 'diagnostics':
        publisher.publish(root, event.files);
        break;
      case 'preview':
        changed.add(root);
        refresh();
        break;
      case 'message':
        if (event.severity === 'error') connection.window.showErrorMessage(event.message);
        else if (event.severity === 'warning') connection.window.showWarningMessage(event.message);
        else connection.window.showInformationMessage(event.message);
    }
  }

  async function settle(next: ServerSettings | null): Promise<void> {
    settings = next ?? settings;
    for (const { service } of folders.roots()) {
      service.configure(serviceSettings(settings, options.trusted !== false));
    }
    refresh();
    await register(settings);
  }

  return {
    connection,
    documents,
    folders,
    client,
    platform,
    settings: () => settings,
    async initialized() {
      allowReading();
      if (client.watchFiles) await watchFiles(connection);
      await settle(client.configuration ? await pullSettings(connection) : null);
    },
    settingsChanged: async (pushed) =>
      settle(client.configuration ? await pullSettings(connection) : pushedSettings(pushed)),
  };
}
