import { fileURLToPath } from 'node:url';
import { CannotRun } from '../errors.ts';

/** The language server on standard input and output; ends with the client. The exit code is LSP's. */
export async function lspCommand({ stdio }: { readonly stdio?: boolean }): Promise<number> {
  if (!stdio) throw new CannotRun('lsp speaks over standard input and output alone: add --stdio');
  // Loaded here, so that no other command pays for it.
  const { serveStreams } = await import('@benchbook/language-server/node');
  return serveStreams(
    { input: process.stdin, output: process.stdout },
    {
      worker: new URL('./lsp/worker.js', import.meta.url),
      assets: [fileURLToPath(new URL('./assets', import.meta.url))],
    },
  );
}
