import { join } from 'node:path';
import { nodeAssets } from '@benchbook/host/node';
import type { EngineAssets } from '@benchbook/model';
import { repositoryRoot } from './root.ts';

/** The engines' assets where a checkout has them: no bundle is needed, but the Rego toolchain must be built. */
export function sourceAssets(): EngineAssets {
  return nodeAssets(
    [
      'node_modules/@cedar-policy/cedar-wasm/web',
      'packages/engine-cedar/node_modules/@cedar-policy/cedar-wasm/web',
      'packages/engine-rego/dist',
    ].map((folder) => join(repositoryRoot, folder)),
  );
}
