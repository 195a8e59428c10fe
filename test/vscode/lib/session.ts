import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchProfile } from './browser.ts';
import { vsixPath } from './extension.ts';
import { installVsix, startNodeHost } from './node-host.ts';
import { startWebHost } from './web-host.ts';
import { keep, openWorkbench, type Workbench } from './workbench.ts';
import { createRun } from './workspace.ts';

const starts = { node: startNodeHost, web: startWebHost };

/** What a test is run under. */
export const hosts = ['node', 'web'] as const;

/** The packed extension in one host, over a copy of a sample in a git repository. */
export interface Session {
  readonly bench: Workbench;
  /** Text of a file of the sample as it was at first. */
  text(path: string): string;
  stop(): Promise<void>;
}

/** Starts a host, a browser and the workbench with one file open; leaves their logs and pictures as artifacts. */
export async function startSession(
  name: (typeof hosts)[number],
  sample: string,
  file: string,
): Promise<Session> {
  const run = createRun();
  const workspace = run.copySample(sample);
  const extension = await installVsix(vsixPath(), run.folder);
  const host = await starts[name]({ workspace, extension, run: run.folder });
  const context = await launchProfile(run.folder);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`uncaught: ${error.stack}`));
  const stop = async () => {
    await context.close();
    await host.stop();
    keep(`${name}-${sample}-host.log`, host.log());
    keep(`${name}-${sample}-console.log`, said.join('\n'));
    run.dispose();
  };
  try {
    const bench = await openWorkbench(page, host.url(file), `${name}-${sample}`);
    return { bench, text: (path) => readFileSync(join(workspace, path), 'utf8'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
