// Packs the VS Code extension: packages/extension/dist/benchbook-VERSION.vsix. It needs nothing installed.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const LARGEST = 15_000_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await import('./bundle-extension.mjs');

const { createVSIX } = await import('@vscode/vsce');
const dist = join(root, 'packages/extension/dist');
const stage = join(dist, 'vsix');
const { version } = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8'));
const packagePath = join(dist, `benchbook-${version}.vsix`);
await createVSIX({
  cwd: stage,
  packagePath,
  // Everything is bundled.
  dependencies: false,
  // The repository's address is not part of the manifest: links in the read-me stay as they are.
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});
const { size } = statSync(packagePath);
if (size > LARGEST) {
  process.stderr.write(`package: ${size} bytes, more than ${LARGEST}\n`);
  process.exit(1);
}
process.stdout.write(`${relative(root, packagePath)} (${(size / 1e6).toFixed(1)} MB)\n`);
