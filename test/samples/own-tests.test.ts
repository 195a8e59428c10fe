import { join } from 'node:path';
import type { TestReport } from '@benchbook/model';
import { repositoryRoot, runCli } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { edited, LOADING, OWN_TESTS, SAMPLES, type SampleBench, sampleBench } from './sample-bench.ts';

describe.each(SAMPLES)('the tests of %s', (sample) => {
  let bench: SampleBench;
  beforeAll(async () => {
    bench = await sampleBench(sample);
  }, LOADING);
  afterAll(() => bench.close());

  test('pass', async () => {
    const report = await bench.test();
    expect(failed(report)).toEqual([]);
    expect(report.tests.filter(({ file }) => file === OWN_TESTS[sample]).length).toBe(COUNT[sample]);
    expect(report.summary).toEqual({
      tests: COUNT[sample] + REVIEWED[sample],
      passed: COUNT[sample] + REVIEWED[sample],
      failed: 0,
      errors: 0,
      skipped: 0,
    });
  });

  test('are printed as expected', async () => {
    const folder = join(repositoryRoot, 'samples', sample);
    const { stdout, stderr, code } = await runCli(['test', folder], { cwd: repositoryRoot });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    await expect(stdout).toMatchFileSnapshot(join(folder, 'expected/test.txt'));
  });

  test.each(SLIPS[sample])('catch $from turned to $to', async ({ file, from, to, caught }) => {
    const report = await bench.test(edited(bench.files, file, from, to));
    const own = failed(report).filter((one) => one.file === OWN_TESTS[sample]);
    expect(own.map(({ name, state }) => [name, state])).toEqual(caught.map((name) => [name, 'failed']));
  });
});

function failed({ tests }: TestReport): TestReport['tests'] {
  return tests.filter(({ state }) => state !== 'passed');
}

const COUNT: Readonly<Record<(typeof SAMPLES)[number], number>> = {
  'support-desk': 8,
  treasury: 7,
  'coding-agent': 8,
};

/** Recorded calls with a reviewer's word. */
const REVIEWED: Readonly<Record<(typeof SAMPLES)[number], number>> = {
  'support-desk': 20,
  treasury: 14,
  'coding-agent': 15,
};

interface Slip {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The tests that must notice. */
  readonly caught: readonly string[];
}

/** Slips of a policy author. */
const SLIPS: Readonly<Record<(typeof SAMPLES)[number], readonly Slip[]>> = {
  'support-desk': [
    {
      file: 'policies/refunds.cedar',
      from: 'decimal("150.00")',
      to: 'decimal("150.01")',
      caught: ['a cent more is stopped for a team lead'],
    },
    {
      file: 'policies/refunds.cedar',
      from: 'principal has mayRefund && principal.mayRefund',
      to: 'principal has mayRefund',
      caught: ['an assistant whose card forbids it refunds nothing'],
    },
    {
      file: 'policies/desk.cedar',
      from: '!(context.input.recipient like "*@larkspur-home.example")',
      to: 'context.input.recipient like "*@larkspur-home.example"',
      caught: ['an export goes to the privacy officer, and to nobody outside'],
    },
  ],
  treasury: [
    {
      file: 'policies/limits.cel.yaml',
      from: 'variables.eur > 50000.0',
      to: 'variables.eur >= 50000.0',
      caught: ['payments/up to 50,000 EUR nobody is asked'],
    },
    {
      file: 'policies/limits.cel.yaml',
      from: '"USD" ? 0.92',
      to: '"USD" ? 1.0',
      caught: ['payments/dollars weigh less'],
    },
    {
      file: 'policies/limits.cel.yaml',
      from: '> 2000000.0',
      to: '> 3000000.0',
      caught: ['sweeps/more waits for the treasurer'],
    },
  ],
  'coding-agent': [
    {
      file: 'policies/coding/tools.rego',
      from: '\tnot contains(file, "/../")\n',
      to: '',
      caught: ['data.coding.tools_test.test_reads_inside_a_checkout_alone'],
    },
    {
      file: 'policies/coding/tools.rego',
      from: '\tevery part in command_parts {',
      to: '\tsome part in command_parts\n\tevery _ in [1] {',
      caught: ['data.coding.tools_test.test_every_part_of_a_pipeline_is_listed'],
    },
    {
      file: 'policies/coding/tools.rego',
      from: '.*\\b(main|release)`',
      to: '.*\\bmain`',
      caught: ['data.coding.tools_test.test_history_of_shared_branches_stays'],
    },
  ],
};
