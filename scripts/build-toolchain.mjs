// Builds the Rego toolchain (packages/engine-rego/toolchain, Go) to packages/engine-rego/dist/toolchain.wasm.
// Skips when nothing changed. Without Go it says so in one line and succeeds: everything but Rego works.
// `--compress` adds toolchain.wasm.gz and toolchain.wasm.br for releases.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'packages/engine-rego/toolchain');
const dist = join(root, 'packages/engine-rego/dist');
const output = join(dist, 'toolchain.wasm');
const stamp = join(dist, 'toolchain.stamp');

/** Pages of 64 KB that the module may grow to: a policy that eats memory ends its evaluation, not the machine. */
const MAX_PAGES = 16_384;
const MIN_GO = [1, 24];

process.exitCode = build() ? compress() : process.exitCode;

function build() {
  const inputs = inputHash();
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return true;
  const missing = missingGo();
  if (missing) {
    console.log(
      `Rego toolchain: not built, ${missing}; it needs Go >= ${MIN_GO.join('.')} (https://go.dev/dl). Everything but Rego works.`,
    );
    return false;
  }
  mkdirSync(dist, { recursive: true });
  const unfinished = `${output}.${process.pid}`;
  console.log('Building the Rego toolchain (about a minute, once) ...');
  const go = spawnSync(
    'go',
    ['build', '-buildmode=c-shared', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', unfinished, '.'],
    {
      cwd: source,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: goEnvironment({ GOOS: 'wasip1', GOARCH: 'wasm' }),
    },
  );
  if (go.status !== 0) {
    rmSync(unfinished, { force: true });
    console.error('The Rego toolchain did not build.');
    process.exitCode = 1;
    return false;
  }
  writeFileSync(unfinished, limitMemory(readFileSync(unfinished), MAX_PAGES));
  renameSync(unfinished, output);
  for (const old of [`${output}.gz`, `${output}.br`]) rmSync(old, { force: true });
  writeFileSync(stamp, inputs);
  return true;
}

function compress() {
  if (!process.argv.includes('--compress')) return 0;
  const wasm = readFileSync(output);
  if (!existsSync(`${output}.gz`)) writeFileSync(`${output}.gz`, gzipSync(wasm, { level: 9 }));
  if (!existsSync(`${output}.br`)) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
    };
    writeFileSync(`${output}.br`, brotliCompressSync(wasm, { params }));
  }
  return 0;
}

function inputHash() {
  const hash = createHash('sha256');
  for (const name of readdirSync(source).sort()) {
    if (!/(\.go|^go\.mod|^go\.sum)$/.test(name) || name.endsWith('_test.go')) continue;
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(source, name)))
      .update('\0');
  }
  return hash.update(readFileSync(fileURLToPath(import.meta.url))).digest('hex');
}

/** Why Go cannot be used, or undefined. */
function missingGo() {
  const go = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', cwd: root, env: goEnvironment({}) });
  if (go.error || go.status !== 0) return 'no Go was found';
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(go.stdout) ?? [];
  if (major === undefined) return undefined; // a development version
  const old = Number(major) < MIN_GO[0] || (Number(major) === MIN_GO[0] && Number(minor) < MIN_GO[1]);
  return old ? `this is Go ${major}.${minor}` : undefined;
}

/** Go fetches the newer Go that a module asks for by itself, unless the machine says otherwise. */
function goEnvironment(more) {
  return { GOTOOLCHAIN: 'auto', ...process.env, CGO_ENABLED: '0', GOFLAGS: '', ...more };
}

/** Sets the maximum of the module's own memory; Go leaves it open up to 4 GB. */
function limitMemory(wasm, maxPages) {
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at];
    const size = readLeb(wasm, at + 1);
    if (id === 5) {
      const count = readLeb(wasm, size.next);
      const flags = wasm[count.next];
      const initial = readLeb(wasm, count.next + 1);
      if (count.value !== 1 || flags !== 0) throw new Error('unexpected memory section in the toolchain');
      const body = Buffer.concat([
        writeLeb(1),
        Buffer.from([1]),
        writeLeb(initial.value),
        writeLeb(maxPages),
      ]);
      const section = Buffer.concat([Buffer.from([5]), writeLeb(body.length), body]);
      return Buffer.concat([wasm.subarray(0, at), section, wasm.subarray(size.next + size.value)]);
    }
    at = size.next + size.value;
  }
  throw new Error('no memory section in the toolchain');
}

function readLeb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, next: at };
  }
}

function writeLeb(value) {
  const out = [];
  do {
    out.push((value & 127) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(out);
}
