export { sourceAssets } from './assets.ts';
export { type CallParts, call, nativeLines, sessionOf } from './calls.ts';
export { type CliResult, type RunOptions, runCli } from './cli.ts';
export { dedent, type Finding, type Mark, markedCheck, parseMarked, renderMarked } from './marked.ts';
export { memorySource, memoryTree } from './memory.ts';
export { repositoryRoot } from './root.ts';
export { type TableRule, tableSet } from './table-set.ts';
export { tempWorkspace } from './workspace.ts';
