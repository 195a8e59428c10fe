// Bundles the command into packages/cli/dist: main.js, the worker, shared chunks, and the engines' binary assets.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'packages/cli');
const dist = join(cli, 'dist');

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['main', 'worker', 'lsp/worker'].map((entry) => join(cli, 'src', `${entry}.ts`)),
  outdir: dist,
  outbase: join(cli, 'src'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['@benchbook/source'],
  // ES modules where a package has both: UMD bundles `require` what they cannot find again.
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS dependencies call `require` for Node's own modules.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  legalComments: 'none',
});

const assets = join(dist, 'assets');
mkdirSync(assets);
copyFileSync(
  fileURLToPath(new URL('cedar_wasm_bg.wasm', import.meta.resolve('@cedar-policy/cedar-wasm/web'))),
  join(assets, 'cedar_wasm_bg.wasm'),
);
const toolchain = join(root, 'packages/engine-rego/dist/toolchain.wasm');
if (existsSync(toolchain)) copyFileSync(toolchain, join(assets, 'toolchain.wasm'));
