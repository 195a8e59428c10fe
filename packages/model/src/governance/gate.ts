/** The gate: what it asks, and the certificate that it issues. */
import type { RiskTier } from './registry.ts';

/** One condition of the gate. */
export interface GateCheck {
  readonly id: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'unverified';
  /** What was seen, and how to mend it. */
  readonly message: string;
  readonly controls: readonly string[];
}

/** `benchbook gate --format json`. */
export interface GateReport {
  readonly schema: 'benchbook.gate/v1';
  readonly agent: string;
  readonly tier: RiskTier;
  /** `passed`: nothing blocks, but there was no key, so nothing was issued (tiers low and medium alone). */
  readonly outcome: 'certified' | 'passed' | 'refused';
  readonly checks: readonly GateCheck[];
  /** Where the manifest asks for more or less than the tier's defaults: a sentence each. */
  readonly notes: readonly string[];
  /** What the certificate is over: name and SHA-256, sorted. */
  readonly subjects: readonly { readonly name: string; readonly sha256: string }[];
  /** ISO times; null where nothing was issued. */
  readonly issued: string | null;
  readonly expires: string | null;
  /** The file that the certificate was written to; null where nothing was issued. */
  readonly certificate: string | null;
}

/** `benchbook gate --verify --format json`. */
export interface VerifyReport {
  readonly schema: 'benchbook.verify/v1';
  readonly agent: string;
  readonly state: 'valid' | 'invalid';
  /** Each a sentence: what changed, expired, is unknown or revoked. */
  readonly reasons: readonly string[];
  readonly issued: string | null;
  readonly expires: string | null;
  readonly key: string | null;
}
