export { check } from './check/check.ts';
export { type ArgumentIndex, argumentIndex } from './check/tools/argument-index.ts';
export { checkTools, type ToolFinding } from './check/tools/check-tools.ts';
export { usesOf } from './check/tools/uses.ts';
export { observeCoverage } from './coverage/observer.ts';
export { type Approvals, readApprovals } from './diff/approvals.ts';
export { type DiffOptions, diff } from './diff/diff.ts';
export { type ExplainResult, explain } from './explain/explain.ts';
export { findRecordings } from './init/find-recordings.ts';
export { firstPolicies } from './init/first-policies.ts';
export { observedTools } from './init/observed-tools.ts';
export {
  createLatencyComparer,
  type LatencyComparer,
  type LatencyComparerOptions,
} from './latency/compare/comparer.ts';
export { type Random, seededRandom } from './latency/compare/random.ts';
export { engineOptions } from './load/options.ts';
export {
  type EngineEntry,
  type PolicyLoader,
  type PolicySources,
  policyLoader,
} from './load/policies.ts';
export { surveyRecordings } from './load/survey.ts';
export {
  assembleWorkspace,
  controlsOf,
  openPdps,
  type PreparedWorkspace,
  policySources,
  prepareWorkspace,
} from './prepare.ts';
export { type Answers, createAnswers } from './preview/answers.ts';
export { type Comparison, compareVersions } from './preview/comparison.ts';
export { createCounts, noCounts, type PreviewCounts } from './preview/counts.ts';
export { briefJson, decideOne, evaluationOf } from './preview/evaluate.ts';
export { HeldCalls } from './preview/held-calls.ts';
export { previewHelpers, previewPolicies } from './preview/policies.ts';
export { type DecidingOrder, decidingOrder } from './preview/reach.ts';
export type { Steps } from './preview/steps.ts';
export { needsOf, openVersion, setsOf, type Version } from './preview/version.ts';
export { createDecider, type DecidedCall } from './replay/decide-calls.ts';
export { readThrough } from './replay/reading.ts';
export { type ReplayOptions, type ReplayResult, replay } from './replay/replay.ts';
export { type RequestTableOptions, requestTable } from './replay/request-table.ts';
export type { Guard, PoisonedRequest } from './replay/table-answer.ts';
export { tally } from './replay/tally.ts';
export { runTests } from './test/run-tests.ts';
