/**
 * How far the verdict on latency can be believed: on recorded calls and real engines, how often A against A is said
 * to be slower than the threshold, and how often a version that is 30 % slower on the slowest 5 % of its calls is
 * found, on a quiet machine and on a loaded one. Runs are spread over processes and over the three languages.
 *
 * `--quick`: a tenth of the runs. `--full`: 200 and 100 runs for each language instead of for all together.
 * `--language L`: one alone.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RunFigures, RunsAsked } from './run-figures.ts';
import { type Case, summarise } from './summary.ts';

/** For each language. 200 of A against A in all; 100 of the slower version where its difference can be told. */
const RUNS = { same: 67, slower: 50 };
const FULL_RUNS = { same: 200, slower: 100 };
/** In one process. */
const RUNS_TOGETHER = 10;
const RECORDING = 'agentdojo-dev.jsonl';

const has = (flag: string): boolean => process.argv.includes(flag);
const option = process.argv.indexOf('--language');
const languages = option < 0 ? ['cedar', 'rego', 'cel'] : [process.argv[option + 1] ?? 'cedar'];
const corpora = process.env.BENCHBOOK_CORPORA ?? '../shared/traces';

function runsOf(slower: boolean): number {
  const runs = (has('--full') ? FULL_RUNS : RUNS)[slower ? 'slower' : 'same'];
  return Math.ceil(runs / (has('--quick') ? 10 : 1));
}

/** Decides in processes of their own, one after the other. */
function runCase(language: string, slower: boolean): RunFigures[] {
  const figures: RunFigures[] = [];
  const runs = runsOf(slower);
  while (figures.length < runs) {
    const asked: RunsAsked = {
      corpora,
      recording: RECORDING,
      language,
      slower,
      runs: Math.min(RUNS_TOGETHER, runs - figures.length),
      seed: 1 + figures.length,
      options: {},
    };
    const script = fileURLToPath(new URL('runs.mjs', import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--no-turbo-inline-js-wasm-calls', script, JSON.stringify(asked)],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`runs of ${language} failed: ${stderr}`);
    for (const line of stdout.trim().split('\n')) figures.push(JSON.parse(line));
  }
  return figures;
}

/** One process for each core that does nothing but count. */
function loadMachine(): ChildProcess[] {
  return Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (let i = 0; ; i++);'], { stdio: 'ignore' }),
  );
}

const start = performance.now();
let isMissed = false;
for (const loaded of [false, true]) {
  for (const slower of [false, true]) {
    const busy = loaded ? loadMachine() : [];
    const cases: Case[] = [];
    try {
      for (const language of languages) cases.push({ language, figures: runCase(language, slower) });
    } finally {
      for (const child of busy) child.kill('SIGKILL');
    }
    const load = loaded ? `${busy.length} other processes counting` : 'no load of its own';
    const { lines, met } = summarise(cases, slower);
    console.log(
      `${slower ? '30 % slower on the slowest 5 % of calls' : 'A against A'}, ${load}\n${lines.join('\n')}\n`,
    );
    isMissed ||= !met;
  }
}
console.log(
  `${RECORDING}, ${Math.round((performance.now() - start) / 1000)} s in all${isMissed ? '; A GOAL IS MISSED' : ''}`,
);
process.exit(isMissed ? 1 : 0);
