export { run } from '../../../packages/engine-cel/test/conformance/run.ts';
