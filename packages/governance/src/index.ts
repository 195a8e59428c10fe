export type { RiskTier } from '@benchbook/model';
export { type Envelope, readEnvelope, writeEnvelope } from './dsse/envelope.ts';
export {
  EMPTY_RING,
  type KeyRing,
  keyRingEntry,
  keyWith,
  readKeyRing,
  type TrustedKey,
} from './dsse/key-ring.ts';
export { privateKeyPem, readSigningKey, type SigningKey, signingKeyOf } from './dsse/keys.ts';
export { signEnvelope } from './dsse/sign.ts';
export { revocationOf, type SignatureCheck, verifyEnvelope } from './dsse/verify.ts';
export { historyLine } from './history/append.ts';
export { type EntryStamp, historyEntry } from './history/entry.ts';
export { isIsoTime } from './history/iso-time.ts';
export { type History, readHistory } from './history/read.ts';
export { dayNumber, daysSince } from './registry/days.ts';
export { type Registry, readRegistry } from './registry/registry.ts';
export { compareTiers, derivedTier, failModeOf } from './registry/tiers.ts';
export { type DecisionDetails, decisionEntry } from './trail/entry.ts';
export type { HeadSigner } from './trail/head.ts';
export { openTrail, type Trail, type TrailItem, type TrailOptions } from './trail/open.ts';
export type { AppendFile } from './trail/port.ts';
export type { Redaction } from './trail/redact.ts';
export { REQUIRED_MONTHS, type VerifyOptions, verifyTrail } from './trail/verify.ts';
