export { check } from './check/check.ts';
export { type ExplainResult, explain } from './explain/explain.ts';
export { type EngineEntry, type PolicyLoader, policyLoader } from './load/policies.ts';
export { surveyRecordings } from './load/survey.ts';
export { openPdps, type PreparedWorkspace, prepareWorkspace } from './prepare.ts';
export { createDecider } from './replay/decide-calls.ts';
export { type ReplayOptions, replay } from './replay/replay.ts';
export type { Guard, PoisonedRequest, RequestTableOptions } from './replay/request-table.ts';
export { tally } from './replay/tally.ts';
