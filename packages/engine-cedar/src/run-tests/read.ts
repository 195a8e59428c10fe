import { getOwn, isObject, type Json, type JsonObject, type TextRange } from '@benchbook/model';
import { entityOf } from '../entities/explicit.ts';
import { readJsonArray } from '../entities/json-source.ts';
import { type EntityUid, parseUid } from '../policies/uid.ts';
import type { CedarRequest } from '../request/prepare.ts';

/** One test of `cedar run-tests`. */
export interface CedarTest {
  readonly request: CedarRequest;
  /** Cedar's entity JSON. */
  readonly entities: readonly Json[] | { readonly file: string };
  readonly decision: 'allow' | 'deny';
  /** Policies that must be among those that decide. */
  readonly reason: readonly string[];
  /** Policies that must err. */
  readonly errors: number;
}

export interface ReadTest {
  readonly name: string;
  readonly range: TextRange | null;
  /** The test, or what is wrong with it in one line. */
  readonly test: CedarTest | string;
}

/** Longest file read, in UTF-16 units, and most tests taken of one. */
const MAX_TEST_TEXT = 16 * 2 ** 20;
export const MAX_TESTS = 10_000;
const MAX_NAME = 200;

/** The tests of one file, in their order. A file that cannot be read is one test that says why. */
export function readTests(text: string): ReadTest[] {
  const broken = (message: string, range: TextRange | null = null): ReadTest[] => [
    { name: 'the tests file', range, test: message },
  ];
  if (text.length > MAX_TEST_TEXT) return broken(`longer than ${MAX_TEST_TEXT} characters: split it`);
  const { elements, problem } = readJsonArray(text);
  if (problem) return broken(problem.message, problem.range);
  if (elements.length > MAX_TESTS)
    return broken(`${elements.length} tests; at most ${MAX_TESTS} of one file are run: split it`);
  return elements.map(({ value, range }, index) => {
    const name = isObject(value) ? textOf(value, 'name')?.slice(0, MAX_NAME).toWellFormed() : undefined;
    return { name: name || `test ${index + 1}`, range, test: readTest(value) };
  });
}

function readTest(value: Json): CedarTest | string {
  if (!isObject(value)) return 'a test is an object with request, entities, decision, reason and num_errors';
  const request = getOwn(value, 'request');
  if (!isObject(request)) return 'request is an object with principal, action, resource and context';
  const uids: EntityUid[] = [];
  for (const name of ['principal', 'action', 'resource']) {
    const written = getOwn(request, name);
    const uid = typeof written === 'string' ? parseUid(written) : entityOf(written, true);
    if (!uid) return `request.${name} is an entity such as User::"alice"`;
    uids.push(uid);
  }
  const context = getOwn(request, 'context') ?? {};
  if (!isObject(context)) return 'request.context is an object';
  const decision = getOwn(value, 'decision');
  if (decision !== 'allow' && decision !== 'deny') return 'decision is "allow" or "deny"';
  const reason = getOwn(value, 'reason') ?? [];
  if (!isTexts(reason)) return 'reason is a list of policy ids';
  const errors = getOwn(value, 'num_errors') ?? 0;
  if (typeof errors !== 'number' || !Number.isSafeInteger(errors) || errors < 0)
    return 'num_errors is a count of policies';
  const entities = getOwn(value, 'entities') ?? [];
  if (typeof entities !== 'string' && !isList(entities))
    return 'entities is a list of entities, or the path of a file that holds one';
  const [principal, action, resource] = uids as [EntityUid, EntityUid, EntityUid];
  return {
    request: { principal, action, resource, context },
    entities: typeof entities === 'string' ? { file: entities } : entities,
    decision,
    reason,
    errors,
  };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isTexts(value: Json): value is readonly string[] {
  return isList(value) && value.every((item) => typeof item === 'string');
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = getOwn(object, key);
  return typeof value === 'string' ? value : undefined;
}
