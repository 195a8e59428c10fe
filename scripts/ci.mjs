// Runs every check in order, counts what passed, and ends with the line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'benchbook-ci-'));
const totals = { passed: 0, failed: 0 };

/** Runs one step with its output shown. */
function step(name, command, args, env = {}) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** A step that counts as one. */
function single(name, command, args) {
  count(step(name, command, args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

function count({ passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
}

// Rego is part of what CI proves: without Go the toolchain is missing, and its tests must not pass by being skipped.
const go = spawnSync('go', ['version'], { encoding: 'utf8' });
if (go.status !== 0) {
  process.stdout.write('Go >= 1.24 is not installed; Rego cannot be tested\n');
  count({ passed: 0, failed: 1 });
}

/** A step of vitest, each of whose tests counts; a skipped one is a failure. */
function tests(name, command, args) {
  const json = join(scratch, `${name.replaceAll(' ', '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`];
  const passed = step(name, command, [...args, ...reporters]);
  if (!existsSync(json)) return count({ passed: 0, failed: 1 });
  const report = JSON.parse(readFileSync(json, 'utf8'));
  const skipped = report.numPendingTests + report.numTodoTests;
  count({ passed: report.numPassedTests, failed: report.numFailedTests + skipped });
  if (skipped > 0) process.stdout.write(`${skipped} tests were skipped; in CI that is a failure\n`);
  if (!passed && report.numFailedTests === 0) count({ passed: 0, failed: 1 });
}

/** The browser of the UI tests, from Debian where it is missing. */
function installChromium() {
  if (spawnSync('chromium', ['--version']).status === 0) return;
  const root = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) => {
    const [command, ...rest] = [...root, 'apt-get', ...args];
    return step(`apt-get ${args[0]}`, command, rest, { DEBIAN_FRONTEND: 'noninteractive' });
  };
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', 'chromium');
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
tests('npm test', npm, ['test', '--']);
installChromium();
tests('UI tests', process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/ui/vitest.config.ts',
]);

single('package', npm, ['run', '--silent', 'package']);
step('VS Code', process.execPath, ['test/vscode/install.mjs']);
tests('VS Code tests', process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/vscode/vitest.config.ts',
]);

single('types', process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']);
single('lint', process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
single('unused code', process.execPath, ['node_modules/knip/bin/knip.js', '--no-progress']);
single('conformance', npm, ['run', '--silent', 'conformance']);
single('demo', npm, ['run', '--silent', 'demo']);

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;
