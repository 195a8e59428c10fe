// Bundles a bench as the command is bundled, so that it measures what users run, and runs it: `speed` or `latency`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What is bundled, and the first of it run with the rest of the arguments. */
const BENCHES = {
  speed: ['test/bench/run.ts'],
  editor: ['test/bench/editor/run.ts'],
  latency: ['test/bench/latency/study.ts', 'test/bench/latency/runs.ts'],
};

const [name, ...rest] = process.argv.slice(2);
const entryPoints = Object.hasOwn(BENCHES, name ?? '') ? BENCHES[name] : undefined;
if (!entryPoints) {
  process.stderr.write(`no bench '${name}'; there are ${Object.keys(BENCHES).join(' and ')}\n`);
  process.exit(2);
}
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(root, 'node_modules/.benchbook-bench-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['@benchbook/source'],
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const script = join(folder, basename(entryPoints[0]).replace(/\.ts$/, '.mjs'));
  const args = ['--no-turbo-inline-js-wasm-calls', script, ...rest];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
