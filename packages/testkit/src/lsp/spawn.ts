import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { repositoryRoot } from '../root.ts';
import type { Transport } from './transport.ts';

/** A running `benchbook lsp --stdio`. */
export interface SpawnedServer {
  readonly transport: Transport;
  /** Closes its standard input, as a client that dies does. */
  hangUp(): void;
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  stderr(): string;
  kill(): void;
}

/** Starts the built command. */
export function spawnServer(env: Readonly<Record<string, string>> = {}): SpawnedServer {
  const { NODE_OPTIONS: _, ...outer } = process.env;
  const program = join(repositoryRoot, 'packages/cli/bin/benchbook.js');
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], {
    env: { ...outer, ...env },
    stdio: 'pipe',
  });
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => {});
  return {
    transport: {
      reader: new StreamMessageReader(child.stdout),
      writer: new StreamMessageWriter(child.stdin),
    },
    hangUp: () => child.stdin.end(),
    ended: new Promise((resolve) => child.on('close', resolve)),
    stderr: () => Buffer.concat(stderr).toString('utf8'),
    kill: () => child.kill('SIGKILL'),
  };
}
