/** What the outside looks like from the inside: ports and the worker protocol, without any platform. */
export type { ByteSource, Clock, EngineAssets, FileTree } from '@benchbook/model';
export {
  HEARTBEAT_BYTES,
  type Heartbeat,
  openHeartbeat,
  readHeartbeat,
  type UnitDescriptor,
} from './worker/heartbeat.ts';
export { createLoopWatch, createWatchdog, POLL_MS, type Watchdog } from './worker/watchdog.ts';
export type { WorkerEnd, WorkerHandle, WorkerPort } from './worker/worker.ts';
