import type { ServerSettings } from '@benchbook/protocol';
import {
  CompletionRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  DocumentFormattingRequest,
  type DocumentSelector,
  RenameRequest,
} from 'vscode-languageserver';
import type { ClientAbilities } from './client.ts';
import { patternsOf } from './languages.ts';
import type { ServerPlatform } from './platform.ts';
import { isLeftToOthers } from './settings.ts';

/** After these characters clients ask for completion by themselves. */
export const COMPLETION_TRIGGERS = ['.', '"', ':', '@', '[', '/', '('];

/** Files whose keys we know, which no other extension is asked to complete. */
const DATA_FILES = ['**/benchbook.yaml', '**/agents/**/*.{yaml,yml,json}'];

/**
 * Features that may be left to another extension are registered for the files of the languages that are not, where
 * the client can; else they are announced for all and answer nothing.
 */
export function createRegistrations(
  connection: Connection,
  client: ClientAbilities,
  { engines }: ServerPlatform,
): (settings: ServerSettings) => Promise<void> {
  const patterns = patternsOf(engines.map(({ manifest }) => manifest));
  const features = [
    {
      name: 'completion',
      can: client.registerCompletion,
      register: (documentSelector: DocumentSelector) =>
        connection.client.register(CompletionRequest.type, {
          documentSelector,
          triggerCharacters: COMPLETION_TRIGGERS,
        }),
    },
    {
      name: 'formatting',
      can: client.registerFormatting,
      register: (documentSelector: DocumentSelector) =>
        connection.client.register(DocumentFormattingRequest.type, { documentSelector }),
    },
    {
      name: 'rename',
      can: client.registerRename,
      register: (documentSelector: DocumentSelector) =>
        connection.client.register(RenameRequest.type, { documentSelector, prepareProvider: true }),
    },
  ] as const;
  const registered = new Map<string, { readonly globs: string; readonly disposable: Disposable | null }>();

  return async (settings) => {
    for (const { name, can, register } of features) {
      if (!can) continue;
      const globs = patterns
        .filter(({ language }) => !isLeftToOthers(settings, language, name))
        .map(({ glob }) => glob);
      if (name === 'completion') globs.push(...DATA_FILES);
      const key = globs.join('\n');
      if (registered.get(name)?.globs === key) continue;
      registered.get(name)?.disposable?.dispose();
      registered.set(name, { globs: key, disposable: null });
      if (globs.length === 0) continue;
      const disposable = await register(globs.map((pattern) => ({ pattern })));
      registered.set(name, { globs: key, disposable });
    }
  };
}

/** Asks to be told of files that change on disk, and of a new base. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: '**/*' }, { globPattern: '**/.git/{HEAD,logs/HEAD}' }],
  });
}

/** The base may be another now: a commit, a checkout. */
export function isBaseChange(uri: string): boolean {
  return /\/\.git\/(HEAD|logs\/HEAD)$/.test(uri);
}
