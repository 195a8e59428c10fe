import { type SetDecision, type SourceFile, type TestResult, writeJson } from '@benchbook/model';
import type { AuthorizationAnswer } from '@cedar-policy/cedar-wasm/web';
import { loadEntities } from '../entities/load.ts';
import { EntityStore } from '../entities/store.ts';
import { uidJson } from '../policies/uid.ts';
import { answerOf, errorText, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import type { Schema } from '../schema/schema.ts';
import type { CedarSet } from '../set/policy-set.ts';
import { type CedarTest, readTests } from './read.ts';

export interface TestEnvironment {
  readonly cedar: Cedar;
  /** null: no policy loads. */
  readonly set: CedarSet | null;
  readonly schema: Schema | null;
  readonly schemaText: string | null;
}

/** Longest message, in UTF-16 units. */
const MAX_MESSAGE = 1000;

type Ran = Pick<TestResult, 'state' | 'message' | 'seen'>;

/** Runs every tests file among `files` as `cedar run-tests` does. Each test has entities of its own. */
export function runTests(
  environment: TestEnvironment,
  files: readonly SourceFile[],
  signal?: AbortSignal,
): TestResult[] {
  const sorted = files
    .filter(({ role }) => role === 'test')
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const results: TestResult[] = [];
  for (const file of sorted)
    for (const { name, range, test } of readTests(file.text)) {
      signal?.throwIfAborted();
      const ran = typeof test === 'string' ? failed(test) : runTest(environment, file, test, files);
      results.push({ name, file: file.path, range, language: 'cedar', ...ran });
    }
  return results;
}

function failed(message: string): Ran {
  return { state: 'error', message: oneLine(message), seen: [] };
}

function oneLine(text: string): string {
  const line = text.slice(0, 2 * MAX_MESSAGE).replaceAll(/\s*[\n\r]\s*/g, ' ');
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE).toWellFormed()}...` : line;
}

function runTest(
  environment: TestEnvironment,
  file: SourceFile,
  test: CedarTest,
  files: readonly SourceFile[],
): Ran {
  const { cedar, set, schema, schemaText } = environment;
  if (!set) return failed('there are no policies that load');
  const refused = refusal(cedar, schemaText, test);
  if (refused !== null) return failed(refused);
  const source = entitiesFile(file, test, files);
  if (typeof source === 'string') return failed(source);
  const { entities, diagnostics } = loadEntities(cedar, [source], schema, schemaText);
  if (diagnostics[0]) return failed(`entities: ${diagnostics[0].message}`);

  const requests = set.prepareCedar([test.request], new EntityStore(entities, schema));
  const decision = set.decide(requests, 0);
  if (decision.basis === 'failed') return failed(decision.errors[0]!.message);
  const seen = [{ set: set.id, states: set.observe(requests, 0).states, cover: set.cover(requests, 0) }];
  const message = difference(set, test, decision);
  return { state: message === '' ? 'passed' : 'failed', message, seen };
}

/** What Cedar says against the request itself; null: nothing. */
function refusal(
  cedar: Cedar,
  schemaText: string | null,
  { request: { principal, action, resource, context } }: CedarTest,
): string | null {
  const members = `"principal":${uidJson(principal)},"action":${uidJson(action)},"resource":${uidJson(resource)},"context":${writeJson(context)},"entities":[]`;
  const answer = answerOf<AuthorizationAnswer>(cedar.checkRequest(schemaText, members));
  return isFailure(answer) ? `request: ${answer.errors.map(errorText).join('; ')}` : null;
}

/** The test's entities as a file, or why there are none. */
function entitiesFile(
  file: SourceFile,
  { entities }: CedarTest,
  files: readonly SourceFile[],
): SourceFile | string {
  if (!('file' in entities)) return { ...file, role: 'entities', text: writeJson(entities) };
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const path = folder + entities.file.replace(/^(?:\.\/)+/, '');
  const found = files.find((one) => one.role === 'entities' && one.path === path);
  return (
    found ?? `entities: no file \`${path}\`; it is a *.entities.json of these policies, beside the tests`
  );
}

/** What differs from what the test expects; '' where nothing does. */
function difference(
  { policies }: CedarSet,
  test: CedarTest,
  { outcome, determining, errors }: SetDecision,
): string {
  const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const deciding = determining.map((index) => policies[index]!);
  // Cedar knows nothing of escalation: there a forbid denies.
  const decision = outcome === 'allow' ? 'allow' : 'deny';
  if (decision !== test.decision) {
    const because = deciding.length ? ` by ${quoted(deciding.map(({ name }) => name))}` : '';
    return `expected ${test.decision}, got ${decision}${because}`;
  }
  const found: string[] = [];
  const absent = test.reason.filter((id) => !deciding.some((one) => one.name === id || one.id === id));
  if (absent.length) {
    const got = deciding.length ? quoted(deciding.map(({ name }) => name)) : 'no policy';
    found.push(`expected ${quoted(absent)} to decide, got ${got}`);
  }
  if (errors.length !== test.errors) {
    const told = errors.map(({ policy, message }) => `${policy}: ${message}`).join('; ');
    const got = errors.length ? `${errors.length} (${told})` : 'none';
    found.push(`expected ${test.errors} policies to err, got ${got}`);
  }
  return oneLine(found.join('; '));
}
