// Packs the VS Code extension: benchbook-VERSION.vsix in packages/extension/dist, or in the folder that is given. It
// needs nothing installed. Beside it lies `vsix`, the extension as it is when installed.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { bundleExtension } from './bundle-extension.mjs';

const LARGEST = 15_000_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2] ?? join(root, 'packages/extension/dist'));
const stage = join(folder, 'vsix');
mkdirSync(folder, { recursive: true });
const { version } = await bundleExtension(stage);
const packagePath = join(folder, `benchbook-${version}.vsix`);

// vsce tells every file on stdout; one line is enough.
const log = console.log;
console.log = () => {};
await createVSIX({
  cwd: stage,
  packagePath,
  // Everything is bundled.
  dependencies: false,
  // The manifest names no repository.
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});
console.log = log;

const { size } = statSync(packagePath);
if (size > LARGEST) {
  process.stderr.write(`package: ${packagePath} has ${size} bytes, more than ${LARGEST}\n`);
  process.exit(1);
}
process.stdout.write(`${packagePath} (${(size / 1e6).toFixed(1)} MB)\n`);
