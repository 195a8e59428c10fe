import type { Engine } from '@benchbook/model';
import { manifest } from './manifest.ts';
import { Cedar } from './runtime/cedar.ts';
import { instantiate } from './runtime/instance.ts';
import { CedarSession } from './session.ts';

/** Cedar, decided by cedar-wasm itself. */
export const engine: Engine = {
  manifest,
  async open(assets, options) {
    const name = manifest.assets[0]!;
    const bytes = await assets.read(name);
    try {
      // A copy: the type asks for bytes in a buffer of their own.
      const module = new WebAssembly.Module(new Uint8Array(bytes));
      instantiate(module);
      return new CedarSession(new Cedar(module), options);
    } catch (error) {
      throw new Error(`${name} is not the one of cedar-wasm 4.13.0: ${(error as Error).message}`);
    }
  },
};
