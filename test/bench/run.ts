/**
 * Speed as ratios against a bare loop over the same engine, measured turn by turn in one process; reading on its
 * own; and peak memory at 100,000 and 1,000,000 calls. Figures, no verdict: machines differ, ratios hardly do.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { measureCover } from './cover.ts';
import { measureDiff } from './diff.ts';
import { openWorkspace, readCalls } from './load.ts';
import { measureMemory } from './memory.ts';
import { measureThroughput } from './throughput.ts';

const corpora = process.env.BENCHBOOK_CORPORA ?? '../shared/traces';
const recording = 'agentdojo-dev.jsonl';
const workspaces = 'test/bench/workspaces';
const quick = process.argv.includes('--quick');
const show = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });

const start = performance.now();
const calls = await readCalls(corpora, recording);
const seconds = (performance.now() - start) / 1000;
const megabytes = statSync(join(corpora, recording)).size / 1e6;
console.log(
  `reading     ${show(megabytes / seconds, 1)} MB/s, ${show(calls.length / seconds)} calls/s (${recording}, ${show(calls.length)} calls)`,
);

for (const language of ['cedar', 'rego', 'cel']) {
  const { replay, bare, engine, ratio } = measureThroughput(
    await openWorkspace(join(workspaces, language)),
    calls,
  );
  console.log(
    `${language.padEnd(11)} replay ${show(replay)} calls/s, bare loop ${show(bare)}, ratio ${show(ratio, 2)} (engine alone ${show(engine)})`,
  );
}
const fast = measureThroughput(await openWorkspace(join(workspaces, 'rego')), calls);
const reference = measureThroughput(
  await openWorkspace(join(workspaces, 'rego'), { fastLane: false }),
  calls.slice(0, 500),
);
console.log(
  `rego lanes  fast ${show(fast.engine)} calls/s, reference ${show(reference.engine)}, ratio ${show(fast.engine / reference.engine, 1)}`,
);

for (const language of ['cedar', 'rego', 'cel']) {
  const { decide, cover } = measureCover(
    await openWorkspace(join(workspaces, language)),
    calls.slice(0, 300),
  );
  console.log(
    `${`cover ${language}`.padEnd(11)} ${show(cover, 1)} us a distinct request, beside ${show(decide, 1)} us to decide it`,
  );
}

for (const language of ['cedar', 'rego', 'cel']) {
  const cost = await measureDiff(join(workspaces, language), corpora, recording);
  console.log(
    `${`diff ${language}`.padEnd(11)} ${show(cost.ratio, 2)} replays (${show(cost.diff, 2)} s and ${show(cost.replay, 2)} s, ${show(cost.calls)} calls, ${show(cost.flips)} flips)`,
  );
}

if (!quick) {
  for (const language of ['cedar', 'cel', 'rego']) {
    const small = await measureMemory(join(workspaces, language), 100_000);
    const large = await measureMemory(join(workspaces, language), 1_000_000);
    console.log(
      `${`memory ${language}`.padEnd(12)}${show(small.megabytes)} MB at 100,000 calls (${show(small.seconds)} s), ` +
        `${show(large.megabytes)} MB at 1,000,000 (${show(large.seconds)} s), ratio ${show(large.megabytes / small.megabytes, 2)}`,
    );
  }
}
process.exit(0);
