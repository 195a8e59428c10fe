import { canonicalJson, type Json, type JsonObject, setOwn } from '@benchbook/model';
import { readRego } from '../../../packages/engine-rego/src/rego/value.ts';
import type { ToolchainFile } from '../../../packages/engine-rego/src/toolchain/protocol.ts';
import type { Toolchain } from '../../../packages/engine-rego/src/toolchain/toolchain.ts';
import type { OpaCase } from './cases.ts';

const BUDGET = 10_000_000;
/** Some cases hold tokens and certificates that are valid for years around this. */
const NOW = '2026-01-01T00:00:00Z';

/** The modules of a case. OPA's suite has both syntaxes; a case does not say which one it is written in. */
export function modulesOf(testCase: OpaCase, version: 0 | 1): ToolchainFile[] {
  return testCase.modules.map((text, index) => ({ path: `test-${index}.rego`, text, version }));
}

/** What is wrong with the reference lane's answer, or undefined. */
export function checkReference(toolchain: Toolchain, testCase: OpaCase): string | undefined {
  try {
    return check(toolchain, testCase, 1);
  } catch (error) {
    try {
      return check(toolchain, testCase, 0);
    } catch {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

function check(toolchain: Toolchain, testCase: OpaCase, version: 0 | 1): string | undefined {
  const { wantError, wantErrorCode, wantResult, wantDefined } = testCase;
  const { bindings, failed } = toolchain.query({
    files: modulesOf(testCase, version),
    query: testCase.query,
    strict: testCase.strict,
    time: NOW,
    budget: BUDGET,
    ...(testCase.data !== undefined && { data: testCase.data }),
    ...(testCase.input !== undefined && testCase.inputTerm === undefined && { input: testCase.input }),
    ...(testCase.inputTerm !== undefined && { inputTerm: testCase.inputTerm }),
  });
  if (wantError !== undefined && !failed?.message.includes(wantError)) {
    return `wanted the error ${JSON.stringify(wantError)}, got ${JSON.stringify(failed?.message ?? bindings)}`;
  }
  if (wantErrorCode !== undefined && failed?.code !== wantErrorCode) {
    return `wanted the error code ${wantErrorCode}, got ${failed?.code ?? 'a result'}`;
  }
  if (failed) return wantError === undefined && wantErrorCode === undefined ? failed.message : undefined;
  if (wantDefined !== undefined && bindings.length > 0 !== wantDefined) {
    return `wanted ${wantDefined ? 'a result' : 'no result'}, got ${bindings.length}`;
  }
  if (wantResult === undefined) return undefined;
  const wanted = asSet(wantResult.map((binding) => (testCase.sortBindings ? sortMembers(binding) : binding)));
  const got = asSet(bindings.map((binding) => toObject(binding, testCase)));
  return wanted === got ? undefined : `wanted ${wanted}, got ${got}`;
}

function toObject(binding: Readonly<Record<string, string>>, testCase: OpaCase): JsonObject {
  const object: JsonObject = {};
  for (const [name, text] of Object.entries(binding)) {
    if (testCase.ignoreGenerated && name.startsWith('__localq')) continue;
    const value = readRego(text);
    setOwn(object, name, testCase.sortBindings && Array.isArray(value) ? sorted(value as Json[]) : value);
  }
  return object;
}

function sorted(values: readonly Json[]): Json[] {
  return values
    .map((value) => ({ value, key: canonicalJson(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}

/** Bindings have no order, and none twice. */
function asSet(bindings: readonly JsonObject[]): string {
  return [...new Set(bindings.map((binding) => canonicalJson(binding)))].sort().join(' ');
}

function sortMembers(binding: JsonObject): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of Object.entries(binding)) {
    setOwn(object, name, Array.isArray(value) ? sorted(value as Json[]) : value);
  }
  return object;
}
