import {
  type GateCheck,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  RISK_TIERS,
  type RiskTier,
} from '@benchbook/model';
import { instantsOf } from '../dsse/dates.ts';
import { type Envelope, envelopeJson, readEnvelope } from '../dsse/envelope.ts';
import type { TrustedKey } from '../dsse/key-ring.ts';
import type { SigningKey } from '../dsse/keys.ts';
import { signEnvelope } from '../dsse/sign.ts';
import { PAYLOAD_TYPE, readStatement, textMember, writeStatement } from '../dsse/statement.ts';
import type { Subject } from '../dsse/subjects.ts';
import type { CheckedSignOff } from '../signoffs/verify.ts';
import { type Dependencies, dependenciesJson } from './dependencies.ts';

export const CERTIFICATE_TYPE = 'urn:benchbook:attestation:agent-certificate:v1';

/** What a certificate says. */
export interface Certificate {
  readonly agent: string;
  readonly tier: RiskTier;
  /** Milliseconds since 1970. */
  readonly issued: number;
  readonly expires: number;
  readonly subjects: readonly Subject[];
}

/** What a certificate says beside, for whoever reads it later. */
export interface CertificateDetails {
  readonly checks: readonly GateCheck[];
  readonly notes: readonly string[];
  readonly signOffs: readonly CheckedSignOff[];
  readonly dependencies: Dependencies;
}

/** Signs a certificate with a key of the ring. */
export function signCertificate(
  certificate: Certificate,
  details: CertificateDetails,
  key: SigningKey,
  trusted: TrustedKey,
): Promise<Envelope> {
  const { agent, tier, issued, expires, subjects } = certificate;
  const predicate: JsonObject = {
    agent,
    tier,
    issued: isoTime(issued),
    expires: isoTime(expires),
    checks: details.checks.map(({ id, state, message }) => ({ id, state, message })),
    notes: details.notes,
    signOffs: details.signOffs
      .filter(({ state }) => state === 'verified')
      .map(({ signOff: { by, role, date }, key: own }) => ({ by, role, date, key: own?.id ?? '' })),
    dependencies: dependenciesJson(details.dependencies),
  };
  const payload = writeStatement({ subjects, predicateType: CERTIFICATE_TYPE, predicate });
  return signEnvelope(PAYLOAD_TYPE, payload, key, trusted.id);
}

/**
 * The envelope of a certificate file. Spaces and line ends may differ from how it was written, nothing else may: an
 * envelope of ours has one spelling.
 */
export function readCertificateFile(
  text: string,
): { readonly envelope: Envelope } | { readonly error: string } {
  const read = readEnvelope(text);
  if ('error' in read) return { error: `the certificate ${read.error}` };
  const { envelope } = read;
  if (!isSpelledAs(JSON.parse(text) as JsonObject, envelopeJson(envelope)))
    return { error: 'the certificate is not spelled as it was issued: it was changed' };
  if (envelope.payloadType !== PAYLOAD_TYPE || envelope.signatures.length !== 1)
    return { error: `the certificate is none: expected one signature over ${PAYLOAD_TYPE}` };
  return { envelope };
}

/** The same members with the same values, whatever their order; what is foreign is not looked into. */
function isSpelledAs(written: Json | undefined, ours: Json): boolean {
  if (Array.isArray(ours))
    return (
      Array.isArray(written) &&
      written.length === ours.length &&
      ours.every((one, at) => isSpelledAs(written[at], one))
    );
  if (!isObject(ours)) return written === ours;
  if (!isObject(written)) return false;
  const keys = Object.keys(ours);
  if (Object.keys(written).length !== keys.length) return false;
  return keys.every((key) => isSpelledAs(getOwn(written, key), ours[key] ?? null));
}

/** What a certificate whose signature was verified says. */
export function readCertificate(payload: Uint8Array): Certificate | { readonly error: string } {
  const statement = readStatement(payload);
  if ('error' in statement) return statement;
  const { subjects, predicateType, predicate } = statement;
  if (predicateType !== CERTIFICATE_TYPE)
    return { error: 'what was signed is no certificate but another statement' };
  const agent = textMember(predicate, 'agent');
  const tier = RISK_TIERS.find((one) => one === getOwn(predicate, 'tier'));
  const issued = instantsOf(textMember(predicate, 'issued') ?? '')?.first;
  const expires = instantsOf(textMember(predicate, 'expires') ?? '')?.first;
  if (agent === undefined || tier === undefined || issued === undefined || expires === undefined)
    return { error: 'the certificate does not name agent, tier and times' };
  return { agent, tier, issued, expires, subjects };
}

/** ISO time in UTC, without what is below a second. */
export function isoTime(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
