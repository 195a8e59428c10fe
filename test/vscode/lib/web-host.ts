import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host, HostOptions } from './host.ts';
import { installed } from './installed.ts';
import { freePort, startServer } from './server-process.ts';

/** The runner takes a build by its commit; any name of its shape does for one that is there already. */
const COMMIT = '0'.repeat(40);

/** VS Code for the Web with extensions in a web worker; the workspace is mounted by a file system of its own. */
export async function startWebHost({ workspace, extension, run }: HostOptions): Promise<Host> {
  const { node, testWeb, webBuild } = installed();
  const data = join(run, 'web');
  const build = join(data, `vscode-web-stable-${COMMIT}`);
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  await seed(build, webBuild);
  const port = await freePort();
  const args = [
    ...[testWeb, '--browserType=none', '--quality', 'stable', '--commit', COMMIT],
    ...['--testRunnerDataDir', data, '--host', 'localhost', '--port', String(port)],
    ...['--extensionDevelopmentPath', extension, workspace],
  ];
  const process = await startServer(node, args, { cwd: run, ready: `http://localhost:${port}/` });
  return {
    name: 'web',
    title: 'VS Code for the Web 1.137',
    url: (file) => {
      const open = [['openFile', `vscode-test-web://mount/${file}`]];
      return `http://localhost:${port}/?${new URLSearchParams({ payload: JSON.stringify(open) })}`;
    },
    log: process.log,
    stop: process.stop,
  };
}

/** The build as the runner expects a downloaded one: with a file that says which it is. */
async function seed(build: string, webBuild: string): Promise<void> {
  await writeFile(join(webBuild, 'version'), COMMIT);
  await symlink(webBuild, build);
}
