/** Looking never changes what is decided, and what is seen is what an independent reading of CEL's rules says. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ConditionState, Facts, JsonObject, PolicySet } from '@benchbook/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileProgram } from '../src/program.ts';
import { toValue } from '../src/set/json.ts';
import { CelTimestamp, type Value } from '../src/values/index.ts';
import { call, loadSet } from './load.ts';
import { RECORDED, RECORDED_ARGS, RECORDED_TS } from './recorded.ts';

type State = Exclude<ConditionState, 'unreached'>;

/** A boolean formula over leaves, each a text with the state that it comes to. */
type Formula =
  | { readonly kind: 'leaf'; readonly text: string; readonly state: State }
  | { readonly kind: 'not' | 'and' | 'or' | 'if'; readonly parts: readonly Formula[] };

function write(formula: Formula): string {
  if (formula.kind === 'leaf') return `(${formula.text})`;
  const [first = '', second = '', third = ''] = formula.parts.map(write);
  if (formula.kind === 'not') return `!${first}`;
  if (formula.kind === 'if') return `(${first} ? ${second} : ${third})`;
  return `(${formula.parts.map(write).join(formula.kind === 'and' ? ' && ' : ' || ')})`;
}

/** What it comes to; the leaves that are reached on the way are added to `seen` in order of the text. */
function evaluate(formula: Formula, seen: ConditionState[], reached = true): State {
  if (formula.kind === 'leaf') {
    seen.push(reached ? formula.state : 'unreached');
    return formula.state;
  }
  const [test, then, otherwise] = formula.parts as [Formula, Formula, Formula];
  if (formula.kind === 'not') {
    const state = evaluate(test, seen, reached);
    return state === 'error' ? state : state === 'true' ? 'false' : 'true';
  }
  if (formula.kind === 'if') {
    const state = evaluate(test, seen, reached);
    const one = evaluate(then, seen, reached && state === 'true');
    const other = evaluate(otherwise, seen, reached && state === 'false');
    return state === 'error' ? state : state === 'true' ? one : other;
  }
  const absorbing = formula.kind === 'and' ? 'false' : 'true';
  let result: State = formula.kind === 'and' ? 'true' : 'false';
  let decided = false;
  for (const part of formula.parts) {
    const state = evaluate(part, seen, reached && !decided);
    if (decided) continue;
    if (state === absorbing) {
      decided = true;
      result = state;
    } else if (state === 'error') result = state;
  }
  return result;
}

function leafCount(formula: Formula): number {
  return formula.kind === 'leaf' ? 1 : formula.parts.reduce((sum, part) => sum + leafCount(part), 0);
}

/** All conditions of a clause: itself where it has several leaves, then these. */
function clauseStates(formula: Formula): { value: State; conditions: ConditionState[] } {
  const leaves: ConditionState[] = [];
  const value = evaluate(formula, leaves);
  return { value, conditions: leafCount(formula) === 1 ? leaves : [value, ...leaves] };
}

function formulas(leaf: fc.Arbitrary<Formula>): fc.Arbitrary<Formula> {
  const { formula } = fc.letrec<{ formula: Formula }>((tie) => {
    const part = tie('formula');
    return {
      formula: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        part.map((inner) => ({ kind: 'not' as const, parts: [inner] })),
        fc
          .tuple(
            fc.constantFrom('and' as const, 'or' as const),
            fc.array(part, { minLength: 2, maxLength: 4 }),
          )
          .map(([kind, parts]) => ({ kind, parts })),
        fc.tuple(part, part, part).map((parts) => ({ kind: 'if' as const, parts })),
      ),
    };
  });
  return formula;
}

/** Leaves over arguments that hold, do not hold, are absent, or are no booleans. */
const PLAIN: fc.Arbitrary<Formula> = fc.constantFrom<Formula>(
  { kind: 'leaf', text: 'args.t', state: 'true' },
  { kind: 'leaf', text: 'args.f', state: 'false' },
  { kind: 'leaf', text: 'args.absent', state: 'error' },
  { kind: 'leaf', text: 'args.n', state: 'error' },
  { kind: 'leaf', text: 'args.l.exists(x, x == 2)', state: 'true' },
  { kind: 'leaf', text: 'args.l.all(x, x == 2)', state: 'false' },
);
const PLAIN_FACTS = call('t', { t: true, f: false, n: 7, l: [1, 2] });

/** Decides, looks, and decides again; the decisions must be one. */
function looked(set: PolicySet, facts: Facts) {
  const requests = set.prepare([facts]);
  const before = set.decide(requests, 0);
  const observed = set.observe(requests, 0);
  const cover = set.cover(requests, 0);
  expect(set.cover(requests, 0)).toEqual(cover);
  expect(set.decide(requests, 0)).toEqual(before);
  expect(set.observe(requests, 0)).toEqual(observed);
  return { decision: before, states: observed.states, cover };
}

describe('recorded expressions of cel-go', () => {
  const variables: Record<string, Value> = {
    args: toValue(RECORDED_ARGS) as Value,
    ts: new CelTimestamp(BigInt(Date.parse(RECORDED_TS)) * 1_000_000n),
  };
  const facts = call('t', RECORDED_ARGS, { ts: RECORDED_TS });
  /** Each expression that compiles as a leaf, with what it comes to by itself. */
  const leaves = RECORDED.flatMap(([text]): Formula[] => {
    const program = compileProgram(`dyn(${text}\n)`, {
      args: 'map<string, dyn>',
      ts: 'google.protobuf.Timestamp',
    });
    if (!program.run) return [];
    const result = program.run(variables);
    const isBoolean = 'value' in result && typeof result.value === 'boolean';
    return [
      { kind: 'leaf', text: `dyn(${text}\n)`, state: isBoolean ? (`${result.value}` as State) : 'error' },
    ];
  });

  test('nearly all of them compile here', () => {
    expect(leaves.length).toBeGreaterThan(1200);
    expect(new Set(leaves.map((leaf) => leaf.kind === 'leaf' && leaf.state))).toEqual(
      new Set(['true', 'false', 'error']),
    );
  });

  async function check(formula: Formula): Promise<void> {
    const text = write(formula);
    const set = await loadSet(
      `rule:\n  match:\n    - condition: ${JSON.stringify(text)}\n      output: "true"\n`,
    );
    const { decision, cover } = looked(set, facts);
    const { value, conditions } = clauseStates(formula);
    expect(cover.conditions, text).toEqual(conditions);
    expect(decision.outcome, text).toBe({ true: 'allow', false: null, error: 'indeterminate' }[value]);
  }

  test('each by itself', async () => {
    for (const leaf of leaves) await check(leaf);
  });

  test('under operators', async () => {
    await fc.assert(fc.asyncProperty(formulas(fc.constantFrom(...leaves)), check), {
      seed: 11,
      numRuns: 500,
    });
  });
});

test('a generated clause is seen as CEL evaluates it', async () => {
  await fc.assert(
    fc.asyncProperty(formulas(PLAIN), async (formula) => {
      const set = await loadSet(
        `rule:\n  match:\n    - condition: |-\n        ${write(formula)}\n      output: "true"\n`,
      );
      const { decision, states, cover } = looked(set, PLAIN_FACTS);
      const { value, conditions } = clauseStates(formula);
      expect(cover).toEqual({ conditions, statements: [value === 'true'] });
      expect(states).toEqual([{ true: 'applied', false: 'silent', error: 'error' }[value]]);
      expect(decision.outcome).toBe({ true: 'allow', false: null, error: 'indeterminate' }[value]);
    }),
    { seed: 12, numRuns: 500 },
  );
});

/** A rule of a policy in the abstract. */
interface Rule {
  readonly semantic: 'match' | 'aggregate';
  readonly entries: readonly { readonly condition: Formula; readonly rule: Rule | null }[];
}

function rules(depth: number, inAggregate: boolean): fc.Arbitrary<Rule> {
  const nested = (inside: boolean): fc.Arbitrary<Rule | null> =>
    depth === 0 ? fc.constant(null) : fc.option(rules(depth - 1, inside), { freq: 2 });
  const semantic = inAggregate
    ? fc.constant('match' as const)
    : fc.constantFrom('match' as const, 'aggregate');
  return semantic.chain((kind) =>
    fc.record({
      semantic: fc.constant(kind),
      entries: fc.array(
        fc.record({ condition: formulas(PLAIN), rule: nested(inAggregate || kind === 'aggregate') }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );
}

/** `listed`: outputs are lists, as they must be beside an `aggregate` rule. */
function writeRule(rule: Rule, listed: boolean, indent: string): string {
  const isList = listed && rule.semantic === 'match';
  const entries = rule.entries.map(({ condition, rule: inner }) => {
    const guard = `condition: |-\n${indent}      ${write(condition)}\n`;
    const content = inner
      ? `rule:\n${writeRule(inner, isList, `${indent}      `)}`
      : `output: '${isList ? '["deny"]' : '"deny"'}'\n`;
    return `${indent}  - ${guard}${indent}    ${content}`;
  });
  return `${indent}${rule.semantic}:\n${entries.join('')}`;
}

function hasAggregate({ entries }: Rule): boolean {
  return entries.some(({ rule }) => rule && (rule.semantic === 'aggregate' || hasAggregate(rule)));
}

/** Walks a rule as the policy format says; conditions in order of the text, then whether each output was given. */
function walk(
  rule: Rule,
  seen: ConditionState[],
  given: boolean[],
  reached: boolean,
): 'done' | 'on' | 'failed' {
  let result: 'done' | 'on' | 'failed' = 'on';
  for (const { condition, rule: inner } of rule.entries) {
    const isReached = reached && (result === 'on' || (rule.semantic === 'aggregate' && result === 'done'));
    const { value, conditions } = clauseStates(condition);
    seen.push(...(isReached ? conditions : conditions.map(() => 'unreached' as const)));
    const isInside = isReached && value === 'true';
    const inside = inner ? walk(inner, seen, given, isInside) : 'done';
    if (!inner) given.push(isInside);
    if (!isReached) continue;
    if (value === 'error' || (isInside && inside === 'failed')) result = 'failed';
    else if (isInside) result = 'done';
  }
  return result;
}

test('generated policies are walked as the format says, and looking at them changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(rules(2, false), async (rule) => {
      const listed = rule.semantic === 'match' && hasAggregate(rule);
      const set = await loadSet(`rule:
${writeRule(rule, listed, '  ')}`);
      const { cover, states } = looked(set, PLAIN_FACTS);
      const conditions: ConditionState[] = [];
      const statements: boolean[] = [];
      walk(rule, conditions, statements, true);
      expect(cover).toEqual({ conditions, statements });
      expect(states.map((state) => state === 'applied')).toEqual(statements);
    }),
    { seed: 13, numRuns: 300 },
  );
});

describe('recordings of the samples', () => {
  const samples = new URL('../../../samples/', import.meta.url);
  const read = (path: string): string => {
    const bytes = readFileSync(new URL(path, samples));
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  const POLICIES = [
    'coding-agent/policies/flow.cel.yaml',
    'coding-agent/policies/servers.cel',
    'coding-agent/policies/trial/large-writes.cel.yaml',
    'support-desk/policies/personal-data.cel.yaml',
    'treasury/policies/limits.cel.yaml',
  ];
  const outputs = Object.fromEntries(
    ['ABOVE_MANDATE', 'REQUIRE_CFO_APPROVAL', 'REQUIRE_TREASURER_APPROVAL'].map((word) => [word, 'deny']),
  );
  let facts: Facts[] = [];
  beforeAll(() => {
    const files = [
      'coding-agent/traces/reviewed.jsonl',
      'support-desk/traces/tickets-2026-05.jsonl',
      'treasury/traces/quarter-end.jsonl.gz',
    ];
    facts = files
      .flatMap((file) => read(file).trimEnd().split('\n'))
      .map((line) => {
        const { tool, args, agent, user, ts, context } = JSON.parse(line) as Record<string, JsonObject>;
        const more = { agent, user, context, ts: ts as unknown as string };
        const known = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
        return { tool: tool as JsonObject, args: args ?? null, session: { tools: ['WebFetch'] }, ...known };
      });
  });

  test.each(POLICIES)('%s', async (path) => {
    const set = await loadSet(read(path), { path, mapping: { outputs } });
    const requests = set.prepare(facts);
    const before = facts.map((_, row) => set.decide(requests, row));
    const covers = facts.map((_, row) => set.cover(requests, row));
    expect(facts.map((_, row) => set.decide(requests, row))).toEqual(before);
    const states = facts.map((_, row) => set.observe(requests, row).states);
    const held = { true: 'applied', false: 'silent', error: 'error', unreached: 'unreached' };
    for (const [row, { conditions, statements }] of covers.entries()) {
      for (const [index, { policy, parent }] of set.conditions.entries()) {
        if (parent !== null || policy === null) continue;
        const seen = conditions[index] ?? 'unreached';
        if (!path.endsWith('.cel')) expect(states[row]?.[policy]).toBe(held[seen]);
        else expect(before[row]?.outcome).toBe(seen === 'true' ? 'allow' : 'deny');
      }
      const applied = states[row]?.filter((state) => state === 'applied') ?? [];
      expect(statements.filter(Boolean)).toHaveLength(path.endsWith('.cel') ? 0 : applied.length);
    }
  });
});
