export { nodeAssets } from './assets.ts';
export { nodeByteSource } from './byte-source.ts';
export { systemClock } from './clock.ts';
export { type DigestedSource, digestedSource } from './digested-source.ts';
export { type FileTreeOptions, nodeFileTree, pathFromRoot } from './file-tree.ts';
export { type GitTree, gitTree, resolveRevision } from './git-tree.ts';
export { setV8Flags, WASM_FLAGS } from './v8-flags.ts';
export { openWorkerPort, startWorker, type WorkerOptions } from './worker.ts';
