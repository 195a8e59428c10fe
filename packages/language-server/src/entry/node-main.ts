/** The language server as a process of its own, which an editor's client starts with `--stdio`. */
import { pathOfUri } from '@benchbook/host/node';
import { serveStdio } from '../node/serve.ts';

const assets = pathOfUri(new URL('../assets', import.meta.url).href);
await serveStdio({
  worker: new URL('node-worker.js', import.meta.url),
  assets: assets === null ? [] : [assets],
});
