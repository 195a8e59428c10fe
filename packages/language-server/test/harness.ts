import { pathToFileURL } from 'node:url';
import {
  duplex,
  type LspClient,
  type LspOptions,
  repositoryRoot,
  startLspClient,
  tempWorkspace,
} from '@benchbook/testkit';
import 'vscode-languageserver/node';
import { connectionOver } from '../src/connection.ts';
import { nodePlatform } from '../src/node/platform.ts';
import type { PlatformFactory } from '../src/platform.ts';
import { createServer } from '../src/server.ts';

/** Folders of a checkout that hold the engines' assets. */
export const ASSETS = [
  `${repositoryRoot}/node_modules/@cedar-policy/cedar-wasm/web`,
  `${repositoryRoot}/packages/engine-rego/dist`,
];

/** The real server in this process, over streams, with a client. */
export async function serve(
  options: Omit<LspOptions, 'folders'> & { readonly folders: readonly string[] },
  platform: PlatformFactory = nodePlatform(ASSETS),
): Promise<LspClient> {
  const { client, server } = duplex();
  const connection = connectionOver(server.reader, server.writer);
  createServer(connection, platform);
  connection.listen();
  return startLspClient(client, options);
}

/** The same, over a new folder with these files. */
export async function serveFiles(
  files: Readonly<Record<string, string>>,
  options: Omit<LspOptions, 'folders'> = {},
): Promise<LspClient> {
  const folder = await tempWorkspace(files);
  return serve({ ...options, folders: [pathToFileURL(folder).href] });
}
