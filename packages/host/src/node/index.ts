export { nodeAssets } from './assets.ts';
export { nodeByteSource } from './byte-source.ts';
export { systemClock } from './clock.ts';
export { type FileTreeOptions, nodeFileTree, pathFromRoot } from './file-tree.ts';
