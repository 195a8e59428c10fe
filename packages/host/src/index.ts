/** What the outside looks like from the inside: ports and the worker protocol, without any platform. */
export type { ByteSource, Clock, EngineAssets, FileTree } from '@benchbook/model';
