import { fileURLToPath } from 'node:url';
import { CannotRun } from '../errors.ts';

/** The language server on standard input and output; ends the process with the client, as LSP says. */
export async function lspCommand({ stdio }: { readonly stdio?: boolean }): Promise<never> {
  if (!stdio) throw new CannotRun('lsp speaks over standard input and output alone: add --stdio');
  // Loaded here, so that no other command waits for it.
  const { serveStdio } = await import('@benchbook/language-server/node');
  return serveStdio({
    worker: new URL('./lsp/worker.js', import.meta.url),
    assets: [fileURLToPath(new URL('./assets', import.meta.url))],
  });
}
