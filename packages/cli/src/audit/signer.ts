import { type HeadSigner, readSigningKey } from '@benchbook/governance';
import { CannotRun } from '../errors.ts';

/** Environment variables with the private key that signs heads (PEM, or base64 of 32 bytes), and its id. */
const SIGNING_KEY = 'BENCHBOOK_AUDIT_KEY';
const SIGNING_KEY_ID = 'BENCHBOOK_AUDIT_KEY_ID';

/** Who signs heads, by the environment; null: nobody. The key itself is never printed. */
export async function headSigner(env: NodeJS.ProcessEnv): Promise<HeadSigner | null> {
  const text = env[SIGNING_KEY];
  if (text === undefined || text === '') return null;
  const id = env[SIGNING_KEY_ID];
  if (id === undefined || id === '')
    throw new CannotRun(
      `${SIGNING_KEY} is set, but ${SIGNING_KEY_ID} is not: the id of the key in the key ring`,
    );
  const read = await readSigningKey(text);
  if ('error' in read) throw new CannotRun(`${SIGNING_KEY} ${read.error}`);
  return { id, key: read.key };
}
