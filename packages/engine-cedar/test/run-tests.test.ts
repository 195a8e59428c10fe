import type { EngineInput } from '@benchbook/model';
import { expect, test } from 'vitest';
import { MAX_TESTS } from '../src/run-tests/read.ts';
import { openSession, sourceFiles } from './support.ts';

const POLICIES = `@id("view-own")
permit (principal, action == Action::"view", resource) when { resource.owner == principal };
@effect("escalate")
forbid (principal, action, resource) when { context.amount > 100 };
@id("team")
permit (principal in Team::"a", action in Action::"write", resource);`;

const SCHEMA = `entity Team; entity User in [Team]; entity Photo { owner: User };
action write;
action view, share in [write] appliesTo { principal: User, resource: Photo, context: { amount: Long } };`;

const ALICE = { uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [{ type: 'Team', id: 'a' }] };
const PHOTO = {
  uid: { type: 'Photo', id: 'p' },
  attrs: { owner: { __entity: { type: 'User', id: 'alice' } } },
  parents: [],
};

function one(changes: Record<string, unknown> = {}, request: Record<string, unknown> = {}) {
  return {
    name: 'alice views her photo',
    request: {
      principal: 'User::"alice"',
      action: 'Action::"view"',
      resource: 'Photo::"p"',
      context: { amount: 5 },
      ...request,
    },
    entities: [PHOTO],
    decision: 'allow',
    reason: ['view-own'],
    num_errors: 0,
    ...changes,
  };
}

async function results(
  tests: unknown,
  texts: Readonly<Record<string, string>> = {},
  input: Partial<EngineInput> = {},
) {
  const session = await openSession();
  const text = typeof tests === 'string' ? tests : JSON.stringify(tests, null, 2);
  const files = sourceFiles({ 'p/a.cedar': POLICIES, 'p/a.tests.json': text, ...texts });
  session.update({ tools: [], agents: [], numbers: [], ...input, files });
  const { sets } = await session.snapshot();
  return { set: sets[0], text, results: await session.test!() };
}

async function told(tests: unknown, texts: Readonly<Record<string, string>> = {}) {
  return (await results(tests, texts)).results.map(({ state, message }) => `${state} ${message}`.trim());
}

test('a test that holds, with what it exercised', async () => {
  const { set, text, results: ran } = await results([one(), one({ name: '' })]);
  const [first, second] = ran;
  expect(first).toMatchObject({
    name: 'alice views her photo',
    file: 'p/a.tests.json',
    language: 'cedar',
    state: 'passed',
    message: '',
    seen: [
      {
        set: 'cedar',
        states: ['applied', 'silent', 'silent'],
        cover: { conditions: ['true', 'false'], statements: [true, false, false] },
      },
    ],
  });
  expect(second!.name).toBe('test 2');
  expect(JSON.parse(text.slice(second!.range!.start, second!.range!.end))).toEqual(one({ name: '' }));
  expect(set!.conditions).toHaveLength(2);
});

test('the entities of a test are all there is', async () => {
  const stored = { 'p/all.entities.json': JSON.stringify([PHOTO, ALICE]) };
  expect(await told([one({ entities: [] })], stored)).toEqual(['failed expected allow, got deny']);
  expect(await told([one({ entities: './all.entities.json' })], stored)).toEqual(['passed']);
  expect(await told([one({ entities: '../all.entities.json' })], stored)).toEqual([
    'error entities: no file `p/../all.entities.json`; it is a *.entities.json of these policies, beside the tests',
  ]);
});

test('groups of actions come from the test’s own entities, or from the schema', async () => {
  const write = { decision: 'allow', reason: ['team'] };
  const group = {
    uid: { type: 'Action', id: 'share' },
    attrs: {},
    parents: [{ type: 'Action', id: 'write' }],
  };
  const share = (entities: unknown[]) => [one({ ...write, entities }, { action: 'Action::"share"' })];
  expect(await told([...share([ALICE]), ...share([ALICE, group]), ...share([ALICE])])).toEqual([
    'failed expected allow, got deny',
    'passed',
    'failed expected allow, got deny',
  ]);
  expect(await told(share([ALICE]), { 'p/s.cedarschema': SCHEMA })).toEqual(['passed']);
});

test('what differs is told', async () => {
  const dear = { context: { amount: 500 } };
  expect(
    await told([
      one({ decision: 'deny', reason: [] }),
      one({}, dear),
      one({ decision: 'deny', reason: ['policy1'] }, dear),
      one({ decision: 'deny', reason: ['p/a.cedar#policy1'] }, dear),
      one({ reason: ['view-own', 'team', 'x'] }),
      one({ num_errors: 2 }),
      one({}, { context: {} }),
      one({ num_errors: 1 }, { context: {} }),
    ]),
  ).toEqual([
    'failed expected deny, got allow by `view-own`',
    'failed expected allow, got deny by `policy1`',
    'passed',
    'passed',
    'failed expected `team`, `x` to decide, got `view-own`',
    'failed expected 2 policies to err, got none',
    'failed expected 0 policies to err, got 1 (p/a.cedar#policy1: record does not have the attribute `amount`)',
    'passed',
  ]);
});

test('with a schema, requests and entities must fit it', async () => {
  const schema = { 'p/s.cedarschema': SCHEMA };
  expect(
    await told(
      [
        one(),
        one({}, { action: 'Action::"delete"' }),
        one({}, { principal: 'Photo::"p"' }),
        one({}, { context: { amount: 'five' } }),
        one({ entities: [{ ...PHOTO, attrs: {} }] }),
      ],
      schema,
    ),
  ).toEqual([
    'passed',
    'error request: action `Action::"delete"` does not exist in the supplied schema',
    'error request: principal type `Photo` is not valid for `Action::"view"`; valid principal types for `Action::"view"`: `User`',
    'error request: context `{amount: "five"}` is not valid for `Action::"view"`',
    'error entities: entity does not conform to the schema: expected entity `Photo::"p"` to have attribute `owner`, but it does not',
  ]);
});

test('broken files and wrong shapes are errors of one line', async () => {
  expect(await told('[{')).toEqual(['error no valid JSON: close brace expected']);
  expect(await told('{}')).toEqual(['error expected a JSON array']);
  expect(await told('[]')).toEqual([]);
  expect(await told(`${'['.repeat(5000)}`)).toEqual(['error nested deeper than 100']);
  expect(
    await told([
      7,
      one({ request: [] }),
      one({}, { principal: 'alice' }),
      one({}, { resource: undefined }),
      one({}, { context: [] }),
      one({ decision: 'escalate' }),
      one({ reason: 'view-own' }),
      one({ num_errors: -1 }),
      one({ entities: {} }),
      one({ entities: [{}] }),
      one({ entities: [PHOTO, PHOTO] }),
    ]),
  ).toEqual([
    'error a test is an object with request, entities, decision, reason and num_errors',
    'error request is an object with principal, action, resource and context',
    'error request.principal is an entity such as User::"alice"',
    'error request.resource is an entity such as User::"alice"',
    'error request.context is an object',
    'error decision is "allow" or "deny"',
    'error reason is a list of policy ids',
    'error num_errors is a count of policies',
    'error entities is a list of entities, or the path of a file that holds one',
    'error entities: error during entity deserialization: missing field `uid`',
    'error entities: `Photo::"p"` is defined twice',
  ]);
  expect(await told(Array(MAX_TESTS + 1).fill(0))).toEqual([
    'error 10001 tests; at most 10000 of one file are run: split it',
  ]);
  expect(await told([one()], { 'p/a.cedar': 'permit (' })).toEqual(['error there are no policies that load']);
});

test('files in the order of their paths, integers exact, hostile names kept plain', async () => {
  const text = JSON.stringify([one({ name: '__proto__\n' }, { context: { amount: 0, __proto__: 1 } })]);
  const exact = text.replace('"amount":0', '"amount":9007199254740993');
  const { results: ran } = await results(exact, {
    'b_test.json': JSON.stringify([one()]),
    'p/a.cedar': `${POLICIES} permit (principal, action, resource) when { context.amount == 9007199254740993 };`,
  });
  expect(ran.map(({ file, name, state, message }) => [file, name, state, message])).toEqual([
    ['b_test.json', 'alice views her photo', 'passed', ''],
    ['p/a.tests.json', '__proto__\n', 'failed', 'expected allow, got deny by `policy1`'],
  ]);
  expect(ran[1]!.seen[0]!.states).toEqual(['applied', 'applied', 'silent', 'applied']);
});
