/**
 * Runs what each language's makers say is right, and ends with one line a suite.
 * `--cases DIR`: a folder with `opa-cases.jsonl` and `cedar-cases.jsonl` (or `.gz`); default `../shared/conformance`.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { run as runCedar } from './cedar/index.ts';
import { run as runCel } from './cel/index.ts';
import { FLOORS, meetsFloor } from './floors.ts';
import { run as runRego } from './rego/index.ts';
import type { SuiteResult } from './suite.ts';

/** Failures that are told one by one. */
const MAX_TOLD = 10;

const flag = process.argv.indexOf('--cases');
const cases = resolve(flag > 0 ? (process.argv[flag + 1] ?? '') : '../shared/conformance');
if (!existsSync(cases)) {
  process.stderr.write(`conformance: no such folder: ${cases}; name one with --cases DIR\n`);
  process.exit(2);
}

const results: SuiteResult[] = [];
for (const run of [runRego, runCedar, runCel]) results.push(...(await run(cases)));

for (const { suite, failures } of results) {
  for (const { name, message } of failures.slice(0, MAX_TOLD)) console.log(`${suite}: ${name}: ${message}`);
  if (failures.length > MAX_TOLD) console.log(`${suite}: and ${failures.length - MAX_TOLD} more`);
}
console.log('');
for (const { suite, passed, failed, notes } of results) {
  console.log(`${suite}: ${passed} passed, ${failed} failed${notes?.length ? `, ${notes.join(', ')}` : ''}`);
}
const below = results.filter((result) => !meetsFloor(result));
for (const { suite } of below) console.log(`${suite}: below what is asked (${FLOORS[suite]?.why})`);
process.exitCode = below.length > 0 ? 1 : 0;
