// Replays the recorded traces of the sample workspaces through their policies and prints the reports.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const samples = readdirSync(join(root, 'samples'), { withFileTypes: true })
  .map(({ name }) => `samples/${name}`)
  .filter((sample) => existsSync(join(root, sample, 'benchbook.yaml')))
  .sort();

let worst = 0;
for (const sample of samples) {
  process.stdout.write(`\n$ npx benchbook replay ${sample}\n\n`);
  const args = ['packages/cli/bin/benchbook.js', 'replay', sample];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  worst = Math.max(worst, status ?? 2);
}
process.exitCode = worst;
