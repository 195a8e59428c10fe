import type { Json, JsonObject, Outcome, RiskTier, Severity } from '@benchbook/model';

/** The file that holds it, at the workspace's root. */
export const MANIFEST_FILE = 'benchbook.yaml';

/** A set narrowed to some tools: what `policies` finds is asked only about what `tools` names. */
export interface SetNarrowing {
  /** Globs over workspace paths. */
  readonly policies: readonly string[];
  /** Globs over tool names. */
  readonly tools: readonly string[];
}

/** Limits that make a run a finding; absent ones are not checked. */
export interface Thresholds {
  /** Share of policies that applied at least once, 0 to 1. */
  readonly policyCoverage?: number;
  /** Share of conditions seen true and false, 0 to 1. */
  readonly conditionCoverage?: number;
  /** p99 against the base's, as a factor. */
  readonly p99Ratio?: number;
  /** p99 in milliseconds. */
  readonly p99Ms?: number;
}

/** Which provisions apply. */
export interface Profile {
  readonly role?: string;
  readonly riskClass?: string;
}

/** What the gate asks of a tier; what is absent is as the tier's default. */
export interface TierSettings {
  readonly policyCoverage?: number;
  readonly conditionCoverage?: number;
  /** Signed by as many people. */
  readonly signOffs?: number;
  /** Days after which a certificate expires. */
  readonly validDays?: number;
}

/** Where incidents go; each kind has its own further members. */
export interface SinkSettings {
  readonly kind: 'file' | 'webhook' | 'pagerduty' | 'servicenow';
  /** Name of the environment variable that holds the secret. */
  readonly secret?: string;
  readonly [member: string]: Json | undefined;
}

/** The section `governance`. Paths and globs are relative to the workspace. */
export interface GovernanceSettings {
  /** Policies that add to the built-in checks, or take the place of the one with the same rule id. */
  readonly checks?: readonly string[];
  /** The file of public keys. */
  readonly keys?: string;
  /** The folder of certificates. */
  readonly certificates?: string;
  /** Months that audit trails are kept. */
  readonly retentionMonths?: number;
  /** What is done with a value before it is written to an audit trail. */
  readonly redact?: readonly { readonly pointer: string; readonly how: 'drop' | 'hash' | 'mask' }[];
  readonly tiers?: { readonly [Tier in RiskTier]?: TierSettings };
  /** Ids of policies, with `*`, whose violation is an incident. */
  readonly critical?: readonly string[];
  readonly sinks?: readonly SinkSettings[];
}

/** `benchbook.yaml` with its defaults filled in. Globs are relative to the workspace. */
export interface Manifest {
  readonly version: 1;
  readonly policies: readonly string[];
  readonly traces: readonly string[];
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  readonly catalogs: readonly string[];
  /** What is decided where no set applies. */
  readonly default: Exclude<Outcome, 'indeterminate'>;
  /** Globs of policies that are decided and reported, not applied. */
  readonly audit: readonly string[];
  /** `framework` or `framework@edition`. */
  readonly controls: readonly string[];
  readonly profile: Profile;
  /** By engine name: how a call becomes a request. */
  readonly mapping: Readonly<Record<string, JsonObject>>;
  readonly thresholds: Thresholds;
  readonly sets: readonly SetNarrowing[];
  /** By diagnostic code. */
  readonly diagnostics: Readonly<Record<string, Severity | 'off'>>;
  /** By engine name: steps after which a decision is stopped. */
  readonly budget: Readonly<Record<string, number>>;
  /** By engine name: the engine's own section (`rego: { version, entrypoints }`). */
  readonly settings: Readonly<Record<string, JsonObject>>;
  /** null: not written, so that nobody asked for agents to be governed. */
  readonly governance: GovernanceSettings | null;
}

/** What is taken where the manifest says nothing, or there is none. */
export const DEFAULT_MANIFEST: Manifest = {
  version: 1,
  policies: ['policies/**'],
  traces: ['traces/**'],
  agents: ['agents/*.{yaml,yml,json}'],
  tools: ['tools/*.json'],
  catalogs: ['catalogs/*.{yaml,yml,json}'],
  default: 'deny',
  audit: [],
  controls: [],
  profile: {},
  mapping: {},
  thresholds: {},
  sets: [],
  diagnostics: {},
  budget: {},
  settings: {},
  governance: null,
};
