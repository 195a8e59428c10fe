/** Writes the recordings of the sample workspaces: `node samples/generate/index.mjs`. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { files } from './files.mjs';

/** Compressed; zlib writes no time, and the byte that tells the operating system is set to `unknown`. */
function gzip(text) {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}

const samples = new URL('../', import.meta.url);
for (const [path, text] of Object.entries(files()))
  writeFileSync(new URL(path, samples), path.endsWith('.gz') ? gzip(text) : text);
