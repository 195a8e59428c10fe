import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diff, replay } from '@benchbook/core';
import { nodeByteSource } from '@benchbook/host/node';
import { openWorkspace } from './load.ts';

/** A diff against one replay, over recordings that are read each time. */
export interface DiffCost {
  readonly calls: number;
  readonly flips: number;
  /** Seconds. */
  readonly replay: number;
  readonly diff: number;
  readonly ratio: number;
}

const ROUNDS = 5;
/** The corpus is read so often: some 12,000 calls. */
const TIMES = 4;

/** Flips alone: neither version's conditions are looked at. The other version differs in one limit. */
export async function measureDiff(workspace: string, corpora: string, recording: string): Promise<DiffCost> {
  const edited = editedCopy(workspace);
  try {
    const base = await openWorkspace(workspace);
    const head = await openWorkspace(edited);
    const recordings = Array.from({ length: TIMES }, () => nodeByteSource(corpora, recording));
    const work = {
      replay: async () => void (await replay(head, recordings, { coverage: false })),
      diff: () => diff({ base, head }, recordings, { name: 'base', coverage: false }),
    };
    const { summary } = await work.diff();
    await work.replay();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 === 0 ? (['replay', 'diff'] as const) : (['diff', 'replay'] as const);
      const seconds = { replay: 0, diff: 0 };
      for (const name of order) {
        const start = performance.now();
        await work[name]();
        seconds[name] = (performance.now() - start) / 1000;
      }
      rounds.push({ ...seconds, ratio: seconds.diff / seconds.replay });
    }
    rounds.sort((a, b) => a.ratio - b.ratio);
    return { calls: summary.calls, flips: summary.flips, ...rounds[(ROUNDS - 1) / 2]! };
  } finally {
    rmSync(edited, { recursive: true, force: true });
  }
}

/** The workspace with sessions held to be long from the sixth call on. */
function editedCopy(workspace: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'benchbook-diff-'));
  cpSync(workspace, folder, { recursive: true });
  for (const name of readdirSync(join(folder, 'policies'))) {
    const path = join(folder, 'policies', name);
    const text = readFileSync(path, 'utf8');
    const edited = text.replace(/> 40\b/, '> 5');
    if (edited === text) throw new Error(`${path} has no limit of 40 calls`);
    writeFileSync(path, edited);
  }
  return folder;
}
