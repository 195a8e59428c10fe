import type { EngineEntry } from '@benchbook/core';
import type { LanguageService, ServicePorts } from '@benchbook/language-service';
import type { EngineAssets } from '@benchbook/model';
import type { InitializationOptions } from '@benchbook/protocol';

/** The outside of one root: a folder that is a workspace of its own. */
export type RootPorts = Pick<ServicePorts, 'tree' | 'recording' | 'base'> & {
  /** Ends what was opened for it. */
  dispose(): void;
};

/** What the server needs of where it runs; the same for every root. */
export interface ServerPlatform {
  readonly engines: readonly EngineEntry[];
  readonly assets: EngineAssets;
  /**
   * Opens a root. `folder` is the URI of the workspace folder it lies in, `path` the root's path below it, `''` for
   * the folder itself. Never rejects: what cannot be read shows when it is read.
   */
  open(folder: string, path: string): RootPorts;
  pause(): Promise<void>;
  now(): number;
  /** Milliseconds since 1970. */
  time(): number;
  createService(ports: ServicePorts): LanguageService;
}

/** Asks the client; for folders that only the client can read. */
export type AskClient = <Result>(method: string, params: unknown) => Promise<Result>;

/** Made once the client said what it is. */
export type PlatformFactory = (options: InitializationOptions, ask: AskClient) => ServerPlatform;

/** What is known of earlier workers, and how this one tells what it is about to do. */
export interface WorkerMemory {
  /** Around work of the root at `place` that may get stuck. */
  guard(place: string): ServicePorts['guard'];
  poisoned(place: string): ServicePorts['poisoned'];
  avoidFastLane(place: string): ServicePorts['avoidFastLane'];
}

/** No worker came before, and nobody watches. */
export const UNWATCHED: WorkerMemory = {
  guard: () => undefined,
  poisoned: () => undefined,
  avoidFastLane: () => undefined,
};
