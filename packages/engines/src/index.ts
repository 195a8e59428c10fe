/** The one list of engines. Manifests are at hand; the engine itself is loaded on first use. */

import { manifest as cedar } from '@benchbook/engine-cedar/manifest';
import { manifest as cel } from '@benchbook/engine-cel/manifest';
import { manifest as rego } from '@benchbook/engine-rego/manifest';
import type { Engine, EngineManifest } from '@benchbook/model';

export interface EngineEntry {
  readonly manifest: EngineManifest;
  /** Imports the engine's code. */
  load(): Promise<Engine>;
}

export const engines: readonly EngineEntry[] = [
  { manifest: cedar, load: async () => (await import('@benchbook/engine-cedar')).engine },
  { manifest: cel, load: async () => (await import('@benchbook/engine-cel')).engine },
  { manifest: rego, load: async () => (await import('@benchbook/engine-rego')).engine },
];
