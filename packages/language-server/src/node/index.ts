export { nodePlatform } from './platform.ts';
export { type ServeOptions, serveNode, serveStreams } from './serve.ts';
