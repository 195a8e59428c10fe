import { expect, test } from 'vitest';
import { CORE, EXTENSIONS } from './conformance/cases.ts';
import { conformancePage } from './conformance/page.ts';
import { run } from './conformance/run.ts';
import { runSections } from './conformance/run-cases.ts';

test('passes nearly all value tests of the core', () => {
  const values = runSections(CORE).results.filter(({ expectsValue }) => expectsValue);
  const passed = values.filter(({ verdict }) => verdict === 'passed');
  expect(values).toHaveLength(974);
  expect(passed.length / values.length).toBeGreaterThan(0.97);
});

test('gives no wrong value, in the core or in extensions', () => {
  const { results } = runSections([...CORE, ...EXTENSIONS]);
  expect(results.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
});

test('is reported by suite', async () => {
  const suites = await run();
  expect(suites.map(({ suite, notes }) => [suite, notes])).toEqual([
    ['cel', ['0 silently wrong', '99 need protobuf messages']],
    ['cel extensions', ['0 silently wrong', '26 need protobuf messages']],
  ]);
  for (const { failed, failures } of suites) expect(failures).toHaveLength(failed);
});

test('is told in docs/cel-conformance.md', async () => {
  await expect(conformancePage()).toMatchFileSnapshot('../../../docs/cel-conformance.md');
});
