export { checkAgentCard } from './agents/check.ts';
export { agentJsonSchema } from './agents/schema.ts';
export type { DataIssue } from './data/issues.ts';
export { type DataDocument, type DataPath, parseData } from './data/parse.ts';
export {
  finding,
  sortDiagnostics,
  type WorkspaceDiagnosticCode,
  workspaceDiagnostics,
} from './diagnostics.ts';
export { agentCards } from './files/agents.ts';
export type { CatalogFile } from './files/catalogs.ts';
export type { SourceText } from './files/data-file.ts';
export { overlayTree } from './files/overlay.ts';
export type { PolicyFile } from './files/policies.ts';
export { TRACE_ENDINGS } from './files/traces.ts';
export { compileGlobs, nameMatcher, normalisePattern, splitGlob } from './globs.ts';
export { applyIgnores, type IgnorableFile } from './ignores/apply.ts';
export { commentOf } from './ignores/comment.ts';
export {
  type FoundNarrowing,
  loadWorkspace,
  type Workspace,
  type WorkspaceOverrides,
} from './load.ts';
export { describeLookedFor, type LookedFor, policyEndings } from './looked-for.ts';
export {
  DEFAULT_MANIFEST,
  type GovernanceSettings,
  MANIFEST_FILE,
  type Manifest,
  type Profile,
  type SetNarrowing,
  type SinkSettings,
  type Thresholds,
  type TierSettings,
} from './manifest/manifest.ts';
export { type ManifestEngine, manifestJsonSchema } from './manifest/schema.ts';
export { writeManifest } from './manifest/write.ts';
export { withText } from './with-text.ts';
