import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../../packages/extension/dist/', import.meta.url));

/** The newest packed extension; `BENCHBOOK_VSIX` names another one. Throws with what to do where there is none. */
export function vsixPath(): string {
  const named = process.env.BENCHBOOK_VSIX;
  if (named !== undefined) return named;
  const packed = existsSync(dist) ? readdirSync(dist).filter((name) => name.endsWith('.vsix')) : [];
  const [newest] = packed
    .map((name) => join(dist, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest === undefined) throw new Error('no .vsix is packed: run `npm run package`');
  return newest;
}
