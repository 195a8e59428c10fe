export type { RiskTier } from '@benchbook/model';
export {
  type BuildCheckOptions,
  type BuildChecks,
  checkDiagnostics,
  decideBuildChecks,
  isUngoverned,
  runBuildChecks,
  withoutSilenced,
} from './checks/build-checks.ts';
export { type Envelope, MAX_ENVELOPE, readEnvelope, writeEnvelope } from './dsse/envelope.ts';
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
export { type Dependencies, readDependencies } from './gate/dependencies.ts';
export { fileText } from './gate/files.ts';
export { TIER_RULES, type TierRules, tierRules } from './gate/rules.ts';
export { type GateInput, runGate } from './gate/run.ts';
export { certificatePath, fileNameOf, gateStatus, readWorkspaceKeys } from './gate/status.ts';
export { type AgentSubjects, agentSubjects, type SubjectSources } from './gate/subjects.ts';
export { readSuite, type TestSuite } from './gate/suite.ts';
export { verifyCertificate } from './gate/verify.ts';
export { historyLine } from './history/append.ts';
export { type EntryStamp, historyEntry } from './history/entry.ts';
export { isIsoTime } from './history/iso-time.ts';
export { type History, readHistory } from './history/read.ts';
export { type DeliveryOptions, deliver, type SinkDelivery } from './incidents/delivery/deliver.ts';
export type { DeliveryPorts, Exchanged, Records } from './incidents/delivery/ports.ts';
export { type PreviewedRequest, previewDelivery, type SinkPreview } from './incidents/delivery/preview.ts';
export { seededRandom } from './incidents/delivery/random.ts';
export type { SinkRequest } from './incidents/payload/request.ts';
export { readSinks, type SinksRead } from './incidents/read-sinks.ts';
export type { Sink } from './incidents/sink.ts';
export { dayNumber, daysSince } from './registry/days.ts';
export { type Registry, readRegistry } from './registry/registry.ts';
export { compareTiers, derivedTier, failModeOf } from './registry/tiers.ts';
export { type SignOffStatement, signSignOff } from './signoffs/statement.ts';
export { parseBreaker } from './simulate/breaker-spec.ts';
export { durationOf } from './simulate/duration.ts';
export type { EnforcedEntry, ResetDone, SimulationHooks } from './simulate/hooks.ts';
export { parseLatency, parseSamples } from './simulate/latency.ts';
export { DEFAULT_EVIDENCE, DEFAULT_LABELS, type SimulationOptions } from './simulate/options.ts';
export { parseOutage } from './simulate/outages.ts';
export { parseResets } from './simulate/resets.ts';
export { type SimulationResult, simulate } from './simulate/simulate.ts';
export { readState, type SimulationState, writeState } from './simulate/state.ts';
export { type TrailSources, trailHooks } from './simulate/trail-items.ts';
export { type DecisionDetails, decisionEntry } from './trail/entry.ts';
export type { HeadSigner } from './trail/head.ts';
export { openTrail, type Trail, type TrailItem, type TrailOptions } from './trail/open.ts';
export type { AppendFile } from './trail/port.ts';
export type { Redaction } from './trail/redact.ts';
export { REQUIRED_MONTHS, type VerifyOptions, verifyTrail } from './trail/verify.ts';
