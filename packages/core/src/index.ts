export { check } from './check/check.ts';
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
export { type EngineEntry, type PolicyLoader, policyLoader } from './load/policies.ts';
export { surveyRecordings } from './load/survey.ts';
export { openPdps, type PreparedWorkspace, prepareWorkspace } from './prepare.ts';
export { createDecider } from './replay/decide-calls.ts';
export { type ReplayOptions, type ReplayResult, replay } from './replay/replay.ts';
export type { Guard, PoisonedRequest, RequestTableOptions } from './replay/request-table.ts';
export { tally } from './replay/tally.ts';
export { runTests } from './test/run-tests.ts';
