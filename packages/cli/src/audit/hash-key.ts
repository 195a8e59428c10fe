import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createFile } from '@benchbook/host/node';
import { CannotRun, messageOf } from '../errors.ts';

/** Environment variable with the key of hashed texts, for those who keep it elsewhere than beside the trail. */
const HASH_KEY = 'BENCHBOOK_AUDIT_HASH_KEY';

const LEAST = 16;

/**
 * The key by which texts are hashed: from the environment, else random and kept in `FILE.salt`. Whoever has it can
 * try what stands behind a digest; once it is deleted nobody can.
 */
export async function hashKey(trail: string, env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  const given = env[HASH_KEY];
  if (given !== undefined && given !== '') {
    if (given.length < LEAST) throw new CannotRun(`${HASH_KEY} is too short: ${LEAST} characters at least`);
    return new TextEncoder().encode(given);
  }
  const path = `${trail}.salt`;
  try {
    createFile(path, `${randomBytes(32).toString('hex')}\n`, 0o600);
  } catch (error) {
    throw new CannotRun(`cannot write ${path}: ${messageOf(error)}`);
  }
  const text = (await readFile(path, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new CannotRun(`${path} does not hold 64 hex digits; delete it for a new one`);
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
