export { connectionOver } from './connection.ts';
export type { PlatformFactory, RootPorts, ServerPlatform, WorkerMemory } from './platform.ts';
export { createServer } from './server.ts';
export { type SupervisorOptions, supervise } from './supervisor/supervise.ts';
