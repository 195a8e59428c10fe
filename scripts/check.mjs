// The one-command loop: types, lint, unused code and tests, side by side where that is faster.
import { spawn, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const steps = {
  types: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  lint: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  unused: ['node_modules/knip/bin/knip.js', '--no-progress'],
  tests: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot'],
};

function run(name, args) {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(output);
      resolve(code === 0);
    });
  });
}

// Tests of the built command test what is built: nothing happens here where that is up to date.
const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 2);

const results = await Promise.all(Object.entries(steps).map(([name, args]) => run(name, args)));
process.exitCode = results.every(Boolean) ? 0 : 1;
