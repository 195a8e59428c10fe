import { readSigningKey } from '@benchbook/governance';
import { CannotRun } from '../errors.ts';
import { readSmall } from './files.ts';

/** A key file is far smaller, in bytes. */
const MOST = 10_000;

/**
 * The text of the private key that `--key` names: a file, or `env:NAME` for a variable of the environment. What it
 * holds is never part of a message.
 */
export async function keyText(named: string): Promise<string> {
  const variable = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(named)?.[1];
  const text = variable === undefined ? await readSmall(named, MOST, 'the key') : process.env[variable];
  if (text === undefined || text === '') throw new CannotRun(`${named}: no such variable, or an empty one`);
  const read = await readSigningKey(text);
  if ('error' in read) throw new CannotRun(`${named} ${read.error}`);
  return text;
}
