import { readFile } from 'node:fs/promises';
import { type KeyRing, readKeyRing } from '@benchbook/governance';
import { parseData } from '@benchbook/workspace';
import { CannotRun, messageOf } from '../errors.ts';

/** The key ring in a file that a person named: one that is not wholly right is not used. */
export async function readKeys(path: string): Promise<KeyRing> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CannotRun(`cannot read the keys ${path}: ${messageOf(error)}`);
  }
  const document = parseData(text);
  const ring = document.problems.length > 0 ? undefined : readKeyRing(document.value ?? null);
  const problem = document.problems[0]?.message ?? ring?.problems[0];
  if (ring === undefined || problem !== undefined) throw new CannotRun(`the keys ${path}: ${problem}`);
  return ring;
}
