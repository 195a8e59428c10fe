export type { ReadProblem } from './call/output.ts';
export { detectFormat, formatTitles } from './detect.ts';
export type { SessionScope } from './formats/format.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { type ReadBatch, type ReadOptions, readRecording } from './read.ts';
export { redact } from './redact.ts';
export { type NumberSurvey, surveyNumbers } from './survey.ts';
export { writeNative } from './write.ts';
