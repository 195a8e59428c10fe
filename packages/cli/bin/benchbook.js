#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// cedar-wasm aborts hot loops on Node 20 and 22 unless this is set before its module loads, workers included.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

// Collect garbage sooner: a replay allocates much and keeps little, and its memory is to stay level.
setFlagsFromString('--heap-growing-percent=50');

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('benchbook: it is not built yet; run `npm run build` in the checkout\n');
  process.exitCode = 2;
}
