import type { AgentRecord, VerifyReport } from '@benchbook/model';
import type { KeyRing } from '../dsse/key-ring.ts';
import { subjectChanges } from '../dsse/subjects.ts';
import { revocationOf, verifyEnvelope } from '../dsse/verify.ts';
import { isoTime, readCertificate, readCertificateFile } from './certificate.ts';
import type { AgentSubjects } from './subjects.ts';

/** What a certificate is held against. */
export interface VerifyContext {
  readonly agent: Pick<AgentRecord, 'id' | 'tier'>;
  readonly subjects: Pick<AgentSubjects, 'certificate' | 'unreadable'>;
  readonly ring: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Holds a certificate against the workspace as it is. Every reason that can be told is told. Never rejects for its text. */
export async function verifyCertificate(text: string, context: VerifyContext): Promise<VerifyReport> {
  const { agent, subjects, ring, now } = context;
  const report = {
    schema: 'benchbook.verify/v1',
    agent: agent.id,
    issued: null,
    expires: null,
    key: null,
  } as const;
  const read = readCertificateFile(text);
  if ('error' in read) return { ...report, state: 'invalid', reasons: [read.error] };
  const [check] = await verifyEnvelope(read.envelope, ring);
  // What nobody vouches for is not looked at: its times and subjects could be anything.
  if (check?.state !== 'verified')
    return { ...report, state: 'invalid', reasons: [check?.message ?? 'it is not signed'] };
  const { key } = check;
  const certificate = readCertificate(read.envelope.payload);
  if ('error' in certificate)
    return { ...report, key: key.id, state: 'invalid', reasons: [certificate.error] };
  const { issued, expires, tier } = certificate;
  const reasons: string[] = [];
  // A revoked key may sign with any date, so that none of its certificates holds.
  if (revocationOf(key, now) === 'refused') reasons.push(`the key \`${key.id}\` is revoked: certify again`);
  if (certificate.agent !== agent.id) reasons.push(`it certifies the agent \`${certificate.agent}\``);
  if (tier !== agent.tier.effective)
    reasons.push(`it certifies tier ${tier}, and the agent is of tier ${agent.tier.effective}`);
  if (now < issued) reasons.push(`it was issued ${isoTime(issued)}, which is yet to come: look at the clock`);
  if (now >= expires) reasons.push(`it expired ${isoTime(expires)}`);
  reasons.push(...subjectChanges(certificate.subjects, subjects.certificate));
  reasons.push(...subjects.unreadable.map((one) => `cannot be read: ${one}`));
  return {
    ...report,
    state: reasons.length === 0 ? 'valid' : 'invalid',
    reasons,
    issued: isoTime(issued),
    expires: isoTime(expires),
    key: key.id,
  };
}
