import type { ServerSettings } from '@benchbook/protocol';
import type { Connection } from 'vscode-languageserver';
import type { ClientAbilities } from './client.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders/folders.ts';
import type { ServerPlatform } from './platform.ts';

/** What handlers share. It is complete once the client has initialized. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly client: ClientAbilities;
  readonly platform: ServerPlatform;
  settings(): ServerSettings;
}
