/** Reports for the tests of every format. */
export { check, hostileCheck } from './fixtures/check.ts';
export { explain, hostileExplain } from './fixtures/explain.ts';
export { attacks, hostile, hostileText } from './fixtures/hostile.ts';
export { empty, replay, withDecisions } from './fixtures/replay.ts';
export { range, sources } from './fixtures/sources.ts';
export { emptyTests, hostileTests, tests } from './fixtures/tests.ts';
