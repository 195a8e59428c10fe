/** Cedar's own cases (`cedar-cases.jsonl`, or `.gz`): decision, reasons, errors and validation of each. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type Diagnostic,
  type Json,
  type PolicySet,
  type SetDecision,
  type SourceFile,
  writeJson,
} from '@benchbook/model';
import { engine } from '../../../packages/engine-cedar/src/engine.ts';
import { readJsonArray } from '../../../packages/engine-cedar/src/entities/json-source.ts';
import { splitStatements } from '../../../packages/engine-cedar/src/policies/split.ts';
import type { EntityUid } from '../../../packages/engine-cedar/src/policies/uid.ts';
import type { CedarRequest } from '../../../packages/engine-cedar/src/request/prepare.ts';
import type { CedarSet } from '../../../packages/engine-cedar/src/set/policy-set.ts';
import type { SuiteResult } from '../suite.ts';

interface CedarCase {
  readonly name: string;
  readonly policies: string;
  readonly schema: string;
  readonly shouldValidate: boolean;
  readonly requests: readonly (CedarRequest & {
    readonly description: string;
    readonly decision: 'allow' | 'deny';
    readonly reason: readonly string[];
    readonly errors: readonly string[];
  })[];
}

/** A case whose integers are exact, with its entities as text. */
interface ReadCase extends CedarCase {
  readonly entities: Json;
  readonly entitiesText: string;
}

/**
 * `cedar`: one pass or failure for each request. `cedar validation`: one for each case. The cases were recorded
 * with another release; the few that 4.13.0 only warns of are told as failures.
 */
export async function run(dir: string): Promise<SuiteResult[]> {
  const text = readCases(dir);
  if (text === null) return [];
  const decisions = new Tally('cedar');
  const validation = new Tally('cedar validation');
  const session = await engine.open({ read: async (name) => readFileSync(assetPath(name)) }, {});
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const one = readCase(line);
    session.update({ files: filesOf(one), tools: [], agents: [], numbers: [] });
    const { diagnostics, sets } = await session.snapshot();
    const fatal = diagnostics.find((found) => found.fatal);
    if (fatal) decisions.check(one.name, `does not load: ${fatal.code}: ${fatal.message}`);
    validation.check(one.name, compareValidation(one.shouldValidate, diagnostics));
    const ordinals = ordinalsOf(one.policies, sets[0]);
    const set = sets[0] as CedarSet | undefined;
    const requests = set?.prepareCedar(one.requests);
    one.requests.forEach((request, row) => {
      const decision = set && requests ? set.decide(requests, row) : null;
      decisions.check(`${one.name} ${request.description}`, compare(request, decision, ordinals));
    });
  }
  session.close();
  return [decisions.result(), validation.result()];
}

class Tally {
  readonly #suite: string;
  readonly #failures: { name: string; message: string }[] = [];
  #passed = 0;

  constructor(suite: string) {
    this.#suite = suite;
  }

  /** `message` null: passed. */
  check(name: string, message: string | null): void {
    if (message === null) this.#passed++;
    else this.#failures.push({ name, message });
  }

  result(): SuiteResult {
    const failures = this.#failures;
    return { suite: this.#suite, passed: this.#passed, failed: failures.length, failures };
  }
}

function compareValidation(shouldValidate: boolean, diagnostics: readonly Diagnostic[]): string | null {
  const error = diagnostics.find(({ code }) => code === 'cedar-validation-error');
  if ((error === undefined) === shouldValidate) return null;
  const warning = diagnostics.find(({ code }) => code === 'cedar-validation-warning');
  return error
    ? `should validate: ${error.message}`
    : `should not validate; Cedar says: ${warning?.message ?? 'nothing'}`;
}

function compare(
  expected: CedarCase['requests'][number],
  decision: SetDecision | null,
  ordinals: ReadonlyMap<string, number>,
): string | null {
  const outcome = decision?.outcome ?? 'deny';
  const reasons = (decision?.determining ?? []).map((index) => `policy${[...ordinals.values()][index]}`);
  const errors = (decision?.errors ?? []).map(({ policy }) => `policy${ordinals.get(policy ?? '')}`);
  const actual = JSON.stringify([outcome, reasons.sort(), errors.sort()]);
  const wanted = JSON.stringify([
    expected.decision,
    [...expected.reason].sort(),
    [...expected.errors].sort(),
  ]);
  return actual === wanted ? null : `expected ${wanted}, got ${actual} ${decision?.errors[0]?.message ?? ''}`;
}

/** Policy id -> place in the file, in the set's order: Cedar's `policyN`, whatever `@id` says. */
function ordinalsOf(text: string, set: PolicySet | undefined): Map<string, number> {
  const places = new Map(splitStatements(text).map(({ range }, ordinal) => [range.start, ordinal]));
  return new Map((set?.policies ?? []).map(({ id, range }) => [id, places.get(range.start) ?? -1]));
}

function readCases(dir: string): string | null {
  const plain = join(dir, 'cedar-cases.jsonl');
  if (existsSync(plain)) return readFileSync(plain, 'utf8');
  const packed = `${plain}.gz`;
  return existsSync(packed) ? gunzipSync(readFileSync(packed)).toString('utf8') : null;
}

/** Integers of contexts and entities go beyond 2^53: `JSON.parse` would round them. */
function readCase(line: string): ReadCase {
  const { elements, problem } = readJsonArray(`[${line}]`);
  if (problem) throw new Error(`a case is no JSON: ${problem.message}`);
  const one = elements[0]!.value as unknown as Omit<ReadCase, 'entitiesText'>;
  return { ...one, requests: one.requests.map(withPlainUids), entitiesText: writeJson(one.entities) };
}

function withPlainUids<T extends CedarRequest>(request: T): T {
  const plain = (uid: EntityUid | { readonly __entity: EntityUid }) =>
    '__entity' in uid ? uid.__entity : uid;
  return {
    ...request,
    principal: plain(request.principal),
    action: plain(request.action),
    resource: plain(request.resource),
  };
}

function filesOf({ policies, schema, entitiesText }: ReadCase): SourceFile[] {
  const file = (path: string, role: SourceFile['role'], text: string): SourceFile => ({
    path,
    rootPath: path,
    role,
    language: 'cedar',
    text,
  });
  return [
    file('case.cedar', 'policy', policies),
    file('case.cedarschema', 'schema', schema),
    file('case.entities.json', 'entities', entitiesText),
  ];
}

function assetPath(name: string): URL {
  return new URL(`../../../node_modules/@cedar-policy/cedar-wasm/web/${name}`, import.meta.url);
}
