export { nodePlatform } from './platform.ts';
export { type ServeOptions, serveNode, serveStdio } from './serve.ts';
