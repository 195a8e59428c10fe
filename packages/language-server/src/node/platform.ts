import { engines } from '@benchbook/engines';
import {
  nodeAssets,
  nodeByteSource,
  nodeFileTree,
  pathOfUri,
  pause,
  systemClock,
} from '@benchbook/host/node';
import { createLanguageService } from '@benchbook/language-service';
import { clientRoot } from '../files/client-tree.ts';
import type { PlatformFactory, RootPorts } from '../platform.ts';
import { gitBase } from './git-base.ts';

/** Node: files from disk, or from the client where a folder is not on it. `assets`: folders to look in. */
export function nodePlatform(assets: readonly string[]): PlatformFactory {
  return (options, ask) => ({
    engines,
    assets: nodeAssets(assets),
    pause,
    now: () => systemClock.now(),
    time: () => Date.now(),
    createService: createLanguageService,
    open(folder, path) {
      const root = options.filesFromClient ? null : pathOfUri(folder);
      return root === null
        ? clientRoot(ask, folder, path)
        : diskRoot(path === '' ? root : `${root}/${path}`, options.trusted !== false);
    },
  });
}

function diskRoot(root: string, isTrusted: boolean): RootPorts {
  const git = gitBase(root);
  return {
    tree: nodeFileTree(root),
    recording: (path) => nodeByteSource(root, path),
    base: async () =>
      isTrusted
        ? git.base()
        : { refused: 'this folder is not trusted: git lies outside it and is not asked for its last commit' },
    dispose: git.dispose,
  };
}
