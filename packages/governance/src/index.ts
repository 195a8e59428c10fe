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
