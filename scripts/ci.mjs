// Runs every check in order, counts what passed, and ends with the line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'benchbook-ci-'));
const vitestJson = join(scratch, 'vitest.json');
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

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const tested = step('npm test', npm, [
  'test',
  '--',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestJson}`,
]);
if (existsSync(vitestJson)) {
  const report = JSON.parse(readFileSync(vitestJson, 'utf8'));
  const skipped = report.numPendingTests + report.numTodoTests;
  count({ passed: report.numPassedTests, failed: report.numFailedTests + skipped });
  if (skipped > 0) process.stdout.write(`${skipped} tests were skipped; in CI that is a failure\n`);
  if (!tested && report.numFailedTests === 0) count({ passed: 0, failed: 1 });
} else {
  count({ passed: 0, failed: 1 });
}

single('types', process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']);
single('lint', process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
single('unused code', process.execPath, ['node_modules/knip/bin/knip.js', '--no-progress']);
single('conformance', npm, ['run', '--silent', 'conformance']);
single('demo', npm, ['run', '--silent', 'demo']);

rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;
