/** The worker that a page starts: it passes messages on, and replaces the inner worker where that is lost. */
import { type ServeScope, serveBrowser } from '../browser/serve.ts';

const scope = globalThis as unknown as ServeScope;
// Only where the client gives no URL: a worker that was started from a blob knows of nothing beside it.
void serveBrowser(scope, () => new URL('browser-worker.js', scope.location.href).href);
