import type { Engine } from '@benchbook/model';
import { manifest, TOOLCHAIN_ASSET } from './manifest.ts';
import { createSession } from './session/session.ts';
import { createWorkbench } from './workbench/workbench.ts';

/** Rego, by OPA itself. */
export const engine: Engine = {
  manifest,
  async open(assets, options) {
    let bytes: Uint8Array;
    try {
      bytes = await assets.read(TOOLCHAIN_ASSET);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `Rego is off: its toolchain is missing (${why}). With Go >= 1.24, \`node scripts/build-toolchain.mjs\` builds it.`,
        { cause: error },
      );
    }
    return createSession(
      createWorkbench(await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>)),
      options,
    );
  },
};
