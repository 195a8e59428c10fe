import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Host, HostOptions } from './host.ts';
import { installed } from './installed.ts';
import { freePort, startServer } from './server-process.ts';
import { settings } from './settings.ts';

const gallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

function folders(run: string): readonly string[] {
  return [
    '--accept-server-license-terms',
    '--server-data-dir',
    join(run, 'data'),
    '--extensions-dir',
    join(run, 'ext'),
  ];
}

/** Installs a `.vsix` as a user would; the folder into which it was unpacked. */
export async function installVsix(vsix: string, run: string): Promise<string> {
  const { node, server } = installed();
  const args = [server, ...folders(run), '--install-extension', vsix, '--force'];
  await promisify(execFile)(node, args, { env: { ...process.env, ...gallery } });
  const entries = await readdir(join(run, 'ext'), { withFileTypes: true });
  const unpacked = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  if (unpacked.length !== 1) throw new Error(`${vsix} did not become one extension`);
  return join(run, 'ext', unpacked[0]!.name);
}

/** VS Code's server with a Node extension host, which runs what `installVsix` put into the same `run`. */
export async function startNodeHost({ workspace, run }: HostOptions): Promise<Host> {
  const { node, server } = installed();
  const machine = join(run, 'data/data/Machine');
  await mkdir(machine, { recursive: true });
  await writeFile(join(machine, 'settings.json'), JSON.stringify(settings));
  const port = await freePort();
  const args = [
    ...[server, '--host', 'localhost', '--port', String(port), '--without-connection-token'],
    ...['--disable-workspace-trust', '--telemetry-level', 'off'],
    ...folders(run),
  ];
  const process = await startServer(node, args, {
    cwd: run,
    ready: `http://localhost:${port}/version`,
    env: gallery,
  });
  return {
    name: 'node',
    title: 'VS Code 1.139 (server and browser UI)',
    url: (file) => {
      const open = [['openFile', `vscode-remote://localhost:${port}${join(workspace, file)}`]];
      return `http://localhost:${port}/?${new URLSearchParams({ folder: workspace, payload: JSON.stringify(open) })}`;
    },
    log: process.log,
    stop: process.stop,
  };
}
