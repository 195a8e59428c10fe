import type { Envelope } from '../dsse/envelope.ts';
import type { SigningKey } from '../dsse/keys.ts';
import { signEnvelope } from '../dsse/sign.ts';
import { PAYLOAD_TYPE, type Statement, textMember, writeStatement } from '../dsse/statement.ts';
import type { Subject } from '../dsse/subjects.ts';

export const SIGN_OFF_TYPE = 'urn:benchbook:attestation:agent-sign-off:v1';

/** A person's word for one state of an agent, as it is signed. */
export interface SignOffStatement {
  readonly agent: string;
  readonly tier: string;
  readonly role: string;
  readonly by: string;
  /** ISO day or time. */
  readonly date: string;
  readonly subjects: readonly Subject[];
}

/** Signs a sign-off. `keyId` is what key rings call the key. */
export function signSignOff(signOff: SignOffStatement, key: SigningKey, keyId: string): Promise<Envelope> {
  const { subjects, ...predicate } = signOff;
  const payload = writeStatement({ subjects, predicateType: SIGN_OFF_TYPE, predicate });
  return signEnvelope(PAYLOAD_TYPE, payload, key, keyId);
}

/** The sign-off that a statement holds, or why it holds none. */
export function signOffOf({
  subjects,
  predicateType,
  predicate,
}: Statement): SignOffStatement | { readonly error: string } {
  if (predicateType !== SIGN_OFF_TYPE)
    return { error: 'what was signed is no sign-off but another statement' };
  const [agent, tier, role, by, date] = ['agent', 'tier', 'role', 'by', 'date'].map((key) =>
    textMember(predicate, key),
  );
  if (
    agent === undefined ||
    tier === undefined ||
    role === undefined ||
    by === undefined ||
    date === undefined
  )
    return { error: 'the sign-off does not name agent, tier, role, person and date' };
  return { agent, tier, role, by, date, subjects };
}
