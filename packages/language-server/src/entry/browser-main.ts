/** The worker that a page starts: it passes messages on, and replaces the inner worker where that is lost. */
import { type ServeScope, serveBrowser } from '../browser/serve.ts';

const scope = globalThis as unknown as ServeScope;
void serveBrowser(scope, new URL('browser-worker.js', scope.location.href).href);
