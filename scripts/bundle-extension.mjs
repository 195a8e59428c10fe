// Lays out the VS Code extension as it is installed: the client for both hosts, the language server for both, the
// engines' assets, the manifest under the name that the marketplace knows.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { drawIcon } from '../packages/extension/media/draw-icon.mjs';
import { notices } from './notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const extension = join(root, 'packages/extension');
const server = join(root, 'packages/language-server/src/entry');
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // Stack traces in the log keep their names.
  keepNames: true,
  conditions: ['@benchbook/source'],
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
};

const NODE = { ...COMMON, platform: 'node', target: 'node20.9' };
const WEB = { ...COMMON, platform: 'browser', target: 'es2022', format: 'iife' };

// Packing the toolchain takes longer than everything else, and it changes rarely.
const cache = join(root, 'node_modules/.cache/benchbook-assets');

/** Gzip, since browsers can unpack it. The .vsix is no larger for it: it would be packed there anyway. */
function packed(name, bytes) {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const file = join(cache, `${name}-${digest}.gz`);
  if (existsSync(file)) return readFileSync(file);
  const gzip = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, gzip);
  return gzip;
}

/** Writes the extension into an empty folder `stage`, made anew. */
export async function bundleExtension(stage) {
  const dist = join(stage, 'dist');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(dist, 'assets'), { recursive: true });

  const built = await Promise.all([
    build({
      ...NODE,
      entryPoints: [join(extension, 'src/node/extension.ts')],
      outfile: join(dist, 'node/extension.js'),
      format: 'cjs',
      external: ['vscode'],
    }),
    build({
      ...WEB,
      entryPoints: [join(extension, 'src/browser/extension.ts')],
      outfile: join(dist, 'browser/extension.js'),
      format: 'cjs',
      external: ['vscode'],
    }),
    build({
      ...WEB,
      entryPoints: [join(extension, 'src/report/webview/main.ts')],
      outfile: join(dist, 'report/panel.js'),
    }),
    build({
      ...NODE,
      entryPoints: ['node-main', 'node-worker'].map((entry) => join(server, `${entry}.ts`)),
      outdir: join(dist, 'server'),
      splitting: true,
      format: 'esm',
      // ES modules where a package has both: UMD bundles `require` what they cannot find again.
      mainFields: ['module', 'main'],
      chunkNames: 'chunks/[name]-[hash]',
      // Bundled CommonJS dependencies call `require` for Node's own modules.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    }),
    build({
      ...WEB,
      entryPoints: ['browser-main', 'browser-worker'].map((entry) => join(server, `${entry}.ts`)),
      outdir: join(dist, 'server'),
      mainFields: ['browser', 'module', 'main'],
    }),
  ]);
  writeFileSync(join(dist, 'server/package.json'), '{ "type": "module" }\n');

  const asset = (name, bytes) => writeFileSync(join(dist, 'assets', `${name}.gz`), packed(name, bytes));
  const cedar = new URL('cedar_wasm_bg.wasm', import.meta.resolve('@cedar-policy/cedar-wasm/web'));
  asset('cedar_wasm_bg.wasm', readFileSync(fileURLToPath(cedar)));
  const toolchain = join(root, 'packages/engine-rego/dist/toolchain.wasm');
  if (existsSync(toolchain)) asset('toolchain.wasm', readFileSync(toolchain));
  else process.stderr.write('extension: built without the Rego toolchain; Rego will not work in it\n');

  for (const folder of ['language', 'snippets', 'walkthrough'])
    cpSync(join(extension, folder), join(stage, folder), { recursive: true });
  cpSync(join(extension, 'syntaxes'), join(stage, 'syntaxes'), {
    recursive: true,
    filter: (path) => !path.endsWith('.md'),
  });
  mkdirSync(join(stage, 'media'));
  mkdirSync(join(stage, 'schema'));
  for (const [from, to] of [
    [join(extension, 'media/benchbook.svg'), 'media/benchbook.svg'],
    [join(extension, 'README.md'), 'README.md'],
    [join(extension, 'CHANGELOG.md'), 'CHANGELOG.md'],
    [join(extension, 'LICENSE'), 'LICENSE'],
    [join(root, 'packages/workspace/schema/benchbook.schema.json'), 'schema/benchbook.schema.json'],
    [join(root, 'packages/workspace/schema/agent.schema.json'), 'schema/agent.schema.json'],
  ])
    copyFileSync(from, join(stage, to));
  writeFileSync(join(stage, 'media/icon.png'), drawIcon());
  writeFileSync(
    join(stage, 'THIRD-PARTY-NOTICES.txt'),
    notices(
      root,
      built.map(({ metafile }) => metafile),
    ),
  );

  // npm's name is the monorepo's; what only development needs stays behind.
  const {
    devDependencies,
    dependencies,
    nx,
    private: _,
    type,
    ...manifest
  } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const installed = { ...manifest, name: 'benchbook', files: ['**'] };
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(installed, null, 2)}\n`);
  return { version: manifest.version };
}
