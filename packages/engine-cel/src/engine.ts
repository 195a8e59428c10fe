import type { Engine } from '@benchbook/model';
import { manifest } from './manifest.ts';
import { CelSession } from './session.ts';

/** CEL: policies in the CEL policy format and single expressions, each file a set of its own. */
export const engine: Engine = {
  manifest,
  async open(_assets, options) {
    return new CelSession(options);
  },
};
