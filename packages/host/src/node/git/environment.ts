import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Options of every git command: none of them reads the index or the work tree, and what a repository's own
 * configuration could start is off all the same. A bare repository inside a checked out folder is no repository.
 */
export const GIT_OPTIONS: readonly string[] = [
  '--no-pager',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
];

/** What people use to make git trust a folder, or find it, stays. */
const KEPT =
  /^GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH)$/;

/**
 * The caller's environment for git. `GIT_DIR`, `GIT_INDEX_FILE` and their like are left out: the folder says
 * which repository is meant, also inside a hook that another repository runs. Nothing is fetched, asked, locked
 * or replaced; messages are in English, since they are read here.
 */
export function gitEnvironment(caller: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(caller).filter(
    ([name]) => !/^GIT_/i.test(name) || KEPT.test(name.toUpperCase()),
  );
  return {
    ...Object.fromEntries(kept.filter(([name]) => name !== 'LANGUAGE')),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A partial clone must not ask its remote for what is missing. Versions of git that do not know the first
    // variable start the fetch, and then no transport is allowed.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    // The objects that an id names, not what `git replace` put in their place.
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/**
 * The program `git` on the PATH. Only absolute folders count: a repository that holds a `git.exe` must not be
 * the one that answers. Undefined where there is none.
 */
export async function findGit(
  path: string | undefined,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const name = platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of (path ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const program = join(folder, name);
    const runs = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return program;
  }
  return undefined;
}
