import type { AgentRecord, SignOff } from '@benchbook/model';
import { instantsOf } from '../dsse/dates.ts';
import { readEnvelope } from '../dsse/envelope.ts';
import type { KeyRing, TrustedKey } from '../dsse/key-ring.ts';
import { PAYLOAD_TYPE, readStatement } from '../dsse/statement.ts';
import { type Subject, subjectChanges } from '../dsse/subjects.ts';
import { revocationOf, verifyEnvelope } from '../dsse/verify.ts';
import { personName } from './people.ts';
import { type SignOffStatement, signOffOf } from './statement.ts';

/** What a sign-off of a card comes to. */
export interface CheckedSignOff {
  readonly signOff: SignOff;
  /** `unverified`: a bare name, or an envelope that cannot be read; `refused`: a signature that is not worth anything here. */
  readonly state: 'verified' | 'unverified' | 'refused';
  /** Where verified: whose key it was. */
  readonly key: TrustedKey | null;
  /** Why, or what is to be known of it; a part of a sentence. Empty where there is nothing to say. */
  readonly message: string;
}

/** What sign-offs are held against. */
export interface SignOffContext {
  readonly agent: Pick<AgentRecord, 'id' | 'tier'>;
  /** What a sign-off must be over today. */
  readonly subjects: readonly Subject[];
  readonly ring: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The text of an envelope file, or why there is none. */
  readonly read: (file: string) => Promise<{ readonly text: string } | { readonly error: string }>;
}

/** Checks each sign-off of a card. Never rejects for what a card or an envelope says. */
export async function checkSignOffs(
  signOffs: readonly SignOff[],
  context: SignOffContext,
): Promise<readonly CheckedSignOff[]> {
  const checked: CheckedSignOff[] = [];
  for (const signOff of signOffs) {
    const result = await checkOne(signOff, context);
    checked.push({ signOff, key: null, ...result });
  }
  return checked;
}

type Result = Pick<CheckedSignOff, 'state' | 'message'> & { readonly key?: TrustedKey };

async function checkOne(signOff: SignOff, context: SignOffContext): Promise<Result> {
  const { envelope: file } = signOff;
  if (file === undefined)
    return { state: 'unverified', message: 'a bare name, not signed: run `benchbook gate sign-off`' };
  const text = await context.read(file);
  if ('error' in text) return { state: 'unverified', message: `${file}: ${text.error}` };
  const read = readEnvelope(text.text);
  if ('error' in read) return { state: 'unverified', message: `${file} ${read.error}` };
  const { envelope } = read;
  if (envelope.payloadType !== PAYLOAD_TYPE || envelope.signatures.length !== 1)
    return refused(`${file} is no sign-off: expected one signature over ${PAYLOAD_TYPE}`);
  const [check] = await verifyEnvelope(envelope, context.ring);
  if (check?.state !== 'verified')
    return {
      state: check?.state === 'unknown-key' ? 'unverified' : 'refused',
      message: check?.message ?? '',
    };
  const statement = readStatement(envelope.payload);
  const stated = 'error' in statement ? statement : signOffOf(statement);
  if ('error' in stated) return refused(`${file}: ${stated.error}`);
  return judge(signOff, stated, check.key, context);
}

/** The signature holds: whether it is this person's word for this state of this agent. */
function judge(signOff: SignOff, stated: SignOffStatement, key: TrustedKey, context: SignOffContext): Result {
  const { agent, subjects, now } = context;
  if (stated.agent !== agent.id) return refused(`it is for the agent \`${stated.agent}\``);
  if (stated.tier !== agent.tier.effective)
    return refused(`it is for tier ${stated.tier}, and the agent is of tier ${agent.tier.effective}`);
  if (personName(stated.by) !== personName(key.holder))
    return refused(`it names ${stated.by}, but \`${key.id}\` is the key of ${key.holder}`);
  if (
    personName(signOff.by) !== personName(stated.by) ||
    personName(signOff.role) !== personName(stated.role)
  )
    return refused(`the card says ${signOff.by}, ${signOff.role}; signed is ${stated.by}, ${stated.role}`);
  if (key.roles && !key.roles.some((role) => personName(role) === personName(stated.role)))
    return refused(`the key ring does not give ${key.holder} the role ${stated.role}`);
  const date = instantsOf(stated.date);
  if (!date) return refused(`its date \`${stated.date}\` is no ISO date`);
  if (date.first > now) return refused(`it is dated ${stated.date}, which is yet to come`);
  const revocation = revocationOf(key, date.last);
  if (revocation === 'refused') return refused(`\`${key.id}\` was revoked when it was signed`);
  const changes = subjectChanges(stated.subjects, subjects);
  if (changes.length > 0) return refused(`it was given before ${listed(changes)}: sign again`);
  const message = revocation === 'told' ? `\`${key.id}\` was revoked after it was signed` : '';
  return { state: 'verified', key, message };
}

function refused(message: string): Result {
  return { state: 'refused', message };
}

/** The first few of a list, and how many more there are. */
function listed(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}
