export { check } from './check/check.ts';
export { type ArgumentIndex, argumentIndex } from './check/tools/argument-index.ts';
export { checkTools, type ToolFinding, type UsingFile } from './check/tools/check-tools.ts';
export { usesOf } from './check/tools/uses.ts';
export { observeCoverage } from './coverage/observer.ts';
export { type Approvals, readApprovals } from './diff/approvals.ts';
export { type DiffOptions, diff } from './diff/diff.ts';
export { type ExplainResult, explain } from './explain/explain.ts';
export {
  createLatencyComparer,
  type LatencyComparer,
  type LatencyComparerOptions,
} from './latency/compare/comparer.ts';
export { type Random, seededRandom } from './latency/compare/random.ts';
export { engineOptions } from './load/options.ts';
export {
  type EngineEntry,
  type LoadedPolicies,
  type LoadOptions,
  type PolicyLoader,
  type PolicySources,
  policyLoader,
} from './load/policies.ts';
export { surveyRecordings } from './load/survey.ts';
export {
  assembleWorkspace,
  openPdps,
  type PreparedWorkspace,
  policySources,
  prepareWorkspace,
} from './prepare.ts';
export { createDecider } from './replay/decide-calls.ts';
export { type ReplayOptions, type ReplayResult, replay } from './replay/replay.ts';
export type { RequestTableOptions } from './replay/request-table.ts';
export type { Guard, PoisonedRequest } from './replay/table-answer.ts';
export { tally } from './replay/tally.ts';
export { runTests } from './test/run-tests.ts';
