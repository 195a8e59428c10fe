export { fetchedAssets } from './assets.ts';
export { browserClock } from './clock.ts';
export { browserPause } from './pause.ts';
export { type BrowserWorkerOptions, type RawWorker, startBrowserWorker } from './worker.ts';
export { openBrowserPort, type WorkerScope } from './worker-port.ts';
