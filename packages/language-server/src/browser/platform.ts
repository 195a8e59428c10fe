import { engines } from '@benchbook/engines';
import { browserClock, browserPause, fetchedAssets } from '@benchbook/host/browser';
import { createLanguageService } from '@benchbook/language-service';
import { clientRoot } from '../files/client-tree.ts';
import type { PlatformFactory } from '../platform.ts';

/** A browser: files from the client, assets by URL, no git. */
export const browserPlatform: PlatformFactory = (options, ask) => ({
  engines,
  assets:
    options.assets === undefined
      ? {
          read: (name) =>
            Promise.reject(new Error(`${name} is missing: the client did not say where it lies`)),
        }
      : fetchedAssets(options.assets),
  pause: browserPause,
  now: () => browserClock.now(),
  time: () => Date.now(),
  createService: createLanguageService,
  open: (folder, path) => clientRoot(ask, folder, path),
});
