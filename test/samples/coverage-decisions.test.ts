import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteSource, ReplayReport } from '@benchbook/model';
import { repositoryRoot, runCli } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOADING, MANY_REPLAYS, OWN_TESTS, SAMPLES, type SampleBench, sampleBench } from './sample-bench.ts';

/** Recordings of real agents, kept outside this repository. */
const corpora = process.env.BENCHBOOK_CORPORA;
if (!corpora || !existsSync(corpora))
  console.warn(
    'BENCHBOOK_CORPORA is unset: decisions with and without coverage are compared on the samples alone',
  );

/** What is decided, without what is looked at beside it. */
function decided({ summary, decisions, errors, tools, wouldChange, policies, findings }: ReplayReport) {
  return {
    summary,
    decisions: decisions!.map(({ conditions: _, ...rest }) => rest),
    errors,
    tools,
    wouldChange,
    findings: findings.filter(({ kind }) => kind === 'expectation'),
    policies: policies.map(({ conditions: _, ...rest }) => rest),
  };
}

/** Replays with and without coverage; the two must decide alike. Their number of calls. */
async function compared(bench: SampleBench, recordings: readonly ByteSource[]): Promise<number> {
  const covered = await bench.replay({ recordings, options: { decisions: true } });
  const plain = await bench.replay({ recordings, options: { decisions: true, coverage: false } });
  expect(plain.policies.flatMap(({ conditions }) => conditions)).not.toEqual(
    covered.policies.flatMap(({ conditions }) => conditions),
  );
  expect(decided(covered)).toEqual(decided(plain));
  return covered.summary.calls;
}

describe.each(SAMPLES)('the policies of %s', (sample) => {
  let bench: SampleBench;
  beforeAll(async () => {
    bench = await sampleBench(sample);
  }, LOADING);
  afterAll(() => bench.close());

  test('decide their own recordings alike with and without coverage', async () => {
    expect(await compared(bench, bench.recordings)).toBe(CALLS[sample]);
  });

  test('replay as they would without tests of their own', async () => {
    const files = Object.fromEntries(
      Object.entries(bench.files).filter(([path]) => path !== OWN_TESTS[sample]),
    );
    expect(Object.keys(files).length).toBe(Object.keys(bench.files).length - 1);
    const { files: _, ...plain } = await bench.replay({ files, options: { decisions: true } });
    const { files: __, ...tested } = await bench.replay({ options: { decisions: true } });
    expect(tested).toEqual(plain);
  });

  test(
    'decide alike from the command line with --no-coverage',
    async () => {
      const flags = ['replay', '.', '--no-latency', '--decisions', '--format', 'json'];
      const cwd = join(repositoryRoot, 'samples', sample);
      const covered = await runCli(flags, { cwd });
      const plain = await runCli([...flags, '--no-coverage'], { cwd });
      expect([covered.stderr, covered.code, plain.stderr, plain.code]).toEqual(['', 0, '', 0]);
      expect(decided(JSON.parse(covered.stdout))).toEqual(decided(JSON.parse(plain.stdout)));
    },
    MANY_REPLAYS,
  );

  test.skipIf(!corpora).each([
    ['agentdojo-dev.jsonl', 3060],
    ['tau-bench-airline-dev.jsonl', 358],
    ['openagentsafety-dev.jsonl', 1529],
    ['raw-agentdojo', 24],
    ['raw-tau-bench.json', 15],
    ['formats', 16],
  ])(
    'decide %s alike with and without coverage (BENCHBOOK_CORPORA)',
    async (name, calls) => {
      expect(await compared(bench, sourcesAt(name))).toBe(calls);
    },
    MANY_REPLAYS,
  );
});

const CALLS: Readonly<Record<(typeof SAMPLES)[number], number>> = {
  'support-desk': 168,
  treasury: 218,
  'coding-agent': 169,
};

/** A recording of the corpora, or all in a folder of them. */
function sourcesAt(name: string): readonly ByteSource[] {
  const path = join(corpora!, name);
  const names = statSync(path).isDirectory() ? readdirSync(path).map((entry) => `${name}/${entry}`) : [name];
  return names.sort().map((file) => ({
    path: file,
    size: statSync(join(corpora!, file)).size,
    open: () => createReadStream(join(corpora!, file)),
  }));
}
