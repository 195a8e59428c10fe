import type { Envelope } from '../dsse/envelope.ts';
import type { KeyRing } from '../dsse/key-ring.ts';
import { revocationOf, verifyEnvelope } from '../dsse/verify.ts';
import { type HeadStatement, headDigest, readHead } from './head.ts';
import { splitLines } from './lines.ts';
import type { Problems } from './problems.ts';

/** A head, and whether a known key signed it. */
export interface CheckedHead extends HeadStatement {
  readonly trusted: boolean;
}

/**
 * Reads signed heads one after the other. Each must follow the one before; `ring` null: no key is known, so that
 * none is trusted.
 */
export async function* readHeads(
  chunks: AsyncIterable<Uint8Array>,
  ring: KeyRing | null,
  problems: Problems,
): AsyncGenerator<CheckedHead> {
  let number = 0;
  let seq = 0;
  let previous: string | null = null;
  let told = false;
  for await (const lines of splitLines(chunks)) {
    for (const { text, whole } of lines) {
      number++;
      if (!whole) {
        problems.add(seq, 'torn', `the last line of the heads (${number}) is not whole`);
        return;
      }
      const read = text === null ? { error: 'is no UTF-8, or too long' } : readHead(text);
      if ('error' in read) {
        problems.add(seq, 'head-changed', `line ${number} of the heads ${read.error}`);
        previous = text === null ? null : headDigest(text);
        continue;
      }
      const { statement, envelope } = read;
      if (statement.head !== number || statement.previous !== previous || statement.seq <= seq) {
        const message = `line ${number} of the heads does not follow the one before it: heads were changed, moved or removed`;
        problems.add(statement.seq, 'head-changed', message);
        number = statement.head;
      }
      const refused = ring === null ? undefined : await refusal(envelope, ring, statement.time);
      if (refused !== undefined)
        problems.add(statement.seq, 'head-changed', `the head over record ${statement.seq}: ${refused}`);
      if (ring === null && !told) {
        told = true;
        problems.add(
          statement.seq,
          'head-unverified',
          'there are signed heads, but no key is known to verify them with',
        );
      }
      previous = headDigest(text ?? '');
      seq = Math.max(seq, statement.seq);
      yield { ...statement, trusted: ring !== null && refused === undefined };
    }
  }
}

/** Why no signature of the envelope counts; undefined where one does. */
async function refusal(envelope: Envelope, ring: KeyRing, time: string): Promise<string | undefined> {
  const checks = await verifyEnvelope(envelope, ring);
  const verified = checks.filter((check) => check.state === 'verified');
  const signedAt = Date.parse(time);
  const valid = verified.filter(
    ({ key }) => revocationOf(key, Number.isNaN(signedAt) ? Infinity : signedAt) !== 'refused',
  );
  if (valid.length > 0) return undefined;
  if (verified.length > 0) return `the key \`${verified[0]!.key.id}\` was revoked before it signed`;
  return checks.map((check) => ('message' in check ? check.message : '')).join('; ');
}
