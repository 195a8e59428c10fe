import { readFileSync } from 'node:fs';
import type { EngineOptions, EngineSession, Facts, PolicySet } from '@benchbook/model';
import { afterAll, describe, expect, test } from 'vitest';
import { FIXTURES } from './fixtures.ts';
import { call, load, openEngine } from './open.ts';
import { seen } from './seen.ts';

const sessions = new Map<string, EngineSession>();
afterAll(() => {
  for (const session of sessions.values()) session.close();
});

/** The one set of some files; sets outlive the next files, so that one session does for many. */
async function only(
  texts: Readonly<Record<string, string>>,
  options: EngineOptions = {},
): Promise<PolicySet> {
  const key = JSON.stringify(options);
  const session = sessions.get(key) ?? (await openEngine(options));
  sessions.set(key, session);
  const { sets, diagnostics } = await load(session, texts);
  expect(diagnostics).toEqual([]);
  return sets[0]!;
}

async function seenOf(policy: string, facts: Facts): Promise<string[]> {
  const text = `package a\n${policy}`;
  return seen(await only({ 'a.rego': text }), text, facts);
}

describe('what a call makes of conditions and statements', () => {
  test('clauses, helpers, else, defaults: read off the policy', async () => {
    const { text } = FIXTURES['helpers, defaults, else']!;
    const set = await only({ 'a.rego': text });
    const pay = { user: { role: 'clerk' }, tool: { name: 'pay' }, args: { amount: 5 } };
    // A clerk pays 5: not the boss, so the second branch is asked (5 is not negative), and the last one says false.
    expect(seen(set, text, { ...call({}), input: pay })).toEqual([
      'false a.allow: role == "boss"',
      'unreached a.allow: input.args.amount < limit',
      'false a.allow: input.args.amount < 0',
      // Only `input.args.amount < limit` asks for the limit.
      'unreached input.tool.name == "refund"',
      'unreached input.tool.name == "pay"',
      'unreached input.args.urgent',
      'false a.deny: allow', // `not allow` holds
      'true a.deny: role', // `not role` does not
      '- allow := false',
      '- allow',
      '- else := false',
      'reached else := false',
      '- limit := 10',
      '- limit := 100',
      '- limit := 20',
      'reached role := input.user.role',
      'reached input.user.role',
      '- deny',
    ]);
  });

  test('every, comprehensions, with: each source expression once', async () => {
    const { text, data } = FIXTURES['every, comprehensions, with']!;
    const set = await only({ 'a.rego': text, 'data.json': data! });
    // 1 and 2 are not above their limit of 0 without help; 13 is above 5; so one of three only.
    const lines = seen(set, text, { ...call({}), input: { args: { xs: [1, 2, 13], help: false } } });
    expect(lines.slice(0, 11)).toEqual([
      'true a.deny: count([y | some y in input.args.xs y > limit(y) ]) > 1',
      'true a.deny: some y in input.args.xs',
      'true a.deny: y > limit(y)',
      'false a.deny: every x in input.args.xs { x < 100 not forbidden[x] }',
      'true a.deny: x < 100',
      'true a.deny: forbidden[x]',
      'unreached a.deny: msg := sprintf("%d %v", [count(input.args.xs), {k: v | some k, v in input.args k != "xs" }])',
      'unreached a.deny: some k, v in input.args',
      'unreached a.deny: k != "xs"',
      'true some x in data.forbidden',
      'true x > 10',
    ]);
  });

  test('an absorbed error is an error, unless another binding held', async () => {
    const policy = 'deny if { some n in input.args.ns; to_number(n) > 3 }';
    const states = async (ns: string[]) => (await seenOf(policy, call({ ns }))).slice(0, 2);
    expect(await states(['x'])).toEqual([
      'true a.deny: some n in input.args.ns',
      'error a.deny: to_number(n) > 3',
    ]);
    expect((await states(['x', '1']))[1]).toBe('error a.deny: to_number(n) > 3');
    expect((await states(['x', '5']))[1]).toBe('true a.deny: to_number(n) > 3');
    expect((await states(['1']))[1]).toBe('false a.deny: to_number(n) > 3');
    expect((await states([]))[1]).toBe('unreached a.deny: to_number(n) > 3');
  });

  test('what is computed for an expression is not the expression', async () => {
    const policy = `deny if count([upper(x) | some x in input.args.xs]) > 3
deny if $"{input.args.a} {input.args.b}" == "1 2"
deny if not startswith(lower(input.args.c), "a")`;
    expect((await seenOf(policy, call({ xs: ['a'], a: 1, b: 3, c: 'Abc' }))).slice(0, 4)).toEqual([
      'false a.deny: count([upper(x) | some x in input.args.xs]) > 3',
      'true a.deny: some x in input.args.xs',
      'false a.deny[2]: $"{input.args.a} {input.args.b}" == "1 2"',
      'true a.deny[3]: startswith(lower(input.args.c), "a")',
    ]);
    expect((await seenOf(policy, call({ xs: [], c: 3 }))).slice(0, 4)).toEqual([
      'false a.deny: count([upper(x) | some x in input.args.xs]) > 3',
      'false a.deny: some x in input.args.xs',
      'false a.deny[2]: $"{input.args.a} {input.args.b}" == "1 2"',
      'error a.deny[3]: startswith(lower(input.args.c), "a")',
    ]);
  });

  test('what ends the evaluation is an error; what the decision still reaches is seen', async () => {
    // The first clause alone decides `allow`; with early exit off the second one asks the network, and ends there.
    const policy = `allow if input.args.ok
allow if http.send({"method": "get", "url": input.args.url}).status_code == 200
deny if input.args.bad`;
    expect((await seenOf(policy, call({ ok: true, url: 'x' }))).slice(0, 3)).toEqual([
      'true a.allow: input.args.ok',
      'error a.allow[2]: http.send({"method": "get", "url": input.args.url}).status_code == 200',
      'false a.deny: input.args.bad',
    ]);
  });

  test('a runaway stops on its budget: an error where it was, true for what held', async () => {
    const policy =
      'deny if { some a in input.args.xs; some b in input.args.xs; some c in input.args.xs; a == b + c + 1 }';
    const xs = Array.from({ length: 400 }, () => 0);
    expect((await seenOf(policy, call({ xs }))).slice(0, 4)).toEqual([
      'true a.deny: some a in input.args.xs',
      'true a.deny: some b in input.args.xs',
      'true a.deny: some c in input.args.xs',
      'false a.deny: a == b + c + 1',
    ]);
    const slow = 'deny if { input.args; count(numbers.range(1, 1000000000000)) == 3 }';
    expect((await seenOf(slow, call({}))).slice(0, 2)).toEqual([
      'true a.deny: input.args',
      'error a.deny: count(numbers.range(1, 1000000000000)) == 3',
    ]);
  });

  test('a place that says nothing is none; print and literals are statements', async () => {
    const policy = 'deny if { some x; input.args.xs[x] == 1; print("found", x); y := {"a": [1, {2}]}; y.a }';
    expect(await seenOf(policy, call({ xs: [1] }))).toEqual([
      'true a.deny: input.args.xs[x] == 1',
      'true a.deny: y.a',
      'reached deny',
      'reached print("found", x)',
      'reached y := {"a": [1, {2}]}',
    ]);
  });
});

test('rows and columns: CRLF, and characters of every width before an expression', async () => {
  const text =
    'package a\r\n# 🧾 ä\r\ndeny if {\r\n\t"🧾äé" == input.args.x; input.args.y == "😀"\r\n\tnot "é" in input.args.z\r\n}\r\n';
  const set = await only({ 'a.rego': text });
  expect(seen(set, text, call({ x: '🧾äé', y: 'no', z: [] }))).toEqual([
    'true a.deny: "🧾äé" == input.args.x',
    'false a.deny: input.args.y == "😀"',
    'unreached a.deny: "é" in input.args.z',
    '- deny',
  ]);
});

test('conditions that two sets use stand in both, as a helper of neither', async () => {
  const session = await openEngine();
  const { sets } = await load(session, {
    'a.rego': 'package a\nimport data.lib\nallow if lib.small',
    'b.rego': 'package b\nimport data.lib\ndeny if not lib.small',
    'lib.rego': 'package lib\nsmall if input.args.n < 3\nunused if input.args.m',
  });
  expect(
    sets.map(({ id, conditions }) => [id, conditions.map(({ file, policy }) => `${file} ${policy}`)]),
  ).toEqual([
    ['rego:data.a', ['policies/a.rego 0', 'policies/lib.rego null']],
    ['rego:data.b', ['policies/b.rego 0', 'policies/lib.rego null']],
  ]);
});

test('comparisons of a place of the call with a literal', async () => {
  const text = `package a
import input.args as given
deny if { input.args.amount > 1000; 5 >= input.args.n; input.tool.name = "x"; given.kind != "y" }
deny if { count(input.args.items) > 3; to_number(input.args.x) <= -5.5; n := given.n; n < 7; true == input.args.ok }
deny if { some n in input.args.ns; n > 4; input.args.a[_] == 1; input.args.a == input.args.b; not input.args.c == "/~" }
is(n) if n > 3
deny if is(input.args.n)
`;
  const compared = async (mapping?: { input: { args: string } }) =>
    (await only({ 'a.rego': text }, mapping ? { mapping } : {})).conditions.flatMap(({ comparison: c }) =>
      c ? [`${c.of} ${c.pointer} ${c.operator} ${JSON.stringify(c.literal)}`] : [],
    );
  expect(await compared()).toEqual([
    'value /args/amount > 1000',
    'value /args/n <= 5',
    'value /tool/name == "x"',
    'value /args/kind != "y"',
    'size /args/items > 3',
    'value /args/x <= -5.5',
    'value /args/n < 7',
    'value /args/ok == true',
    'value /args/c == "/~"',
  ]);
  expect(await compared({ input: { args: '/args' } })).toEqual([]);
});

test('mentions: literals of the clause and what it uses, and the data that it reads', async () => {
  const set = await only({
    'a.rego': `package a
allow if { input.tool.name in data.tools.safe; helper }
helper if input.args["kind"] == "small"
deny contains "too large" if input.tool.name == "refund"`,
    'data.json': '{"tools": {"safe": ["read", "list"], "other": ["x"]}, "more": {"y": "z"}}',
  });
  expect(set.policies.map(({ mentions }) => mentions)).toEqual([
    ['list', 'read', 'small'],
    ['refund', 'too large'],
  ]);
});

describe('covering never changes a decision', () => {
  const SAMPLE = new URL('../../../samples/coding-agent/', import.meta.url);
  const read = (path: string) => readFileSync(new URL(path, SAMPLE), 'utf8');

  test.each([true, false])('on the coding agent (fast lane %s)', async (fastLane) => {
    const files = {
      'coding/tools.rego': read('policies/coding/tools.rego'),
      'coding/data.yaml': read('policies/coding/data.yaml'),
    };
    const plain = await only(files, { fastLane });
    const covered = await only(files, { fastLane });
    const calls = read('traces/reviewed.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Facts);
    const facts = Array.from({ length: 3 }, () => calls).flat();
    const a = plain.prepare(facts);
    const b = covered.prepare(facts);
    facts.forEach((_, row) => {
      covered.cover(b, row);
      expect(covered.decide(b, row)).toEqual(plain.decide(a, row));
      expect(covered.observe(b, row)).toEqual(plain.observe(a, row));
    });
  });

  test('the shell command `ssh` on the coding agent, read off the handbook', async () => {
    const text = read('policies/coding/tools.rego');
    const set = await only({
      'coding/tools.rego': text,
      'coding/data.yaml': read('policies/coding/data.yaml'),
    });
    const calls = read('traces/reviewed.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Facts);
    const ssh = calls.find(({ args }) => String(args?.command).startsWith('ssh '))!;
    // 3.3 splits the command and finds no `ssh` on the list; 4.x and 5.x look at the text, and nothing else is the
    // shell's. `curl` is not called, so nothing is sent, and the path of a file is never asked for.
    const cut = (line: string) => line.slice(0, 44);
    const [lead, name] = ['coding.tools.', 'input.tool.name'];
    const reached = seen(set, text, ssh).filter((line) => /^(true|false|error)/.test(line));
    expect(reached.map((line) => cut(line.replaceAll(lead, '')))).toEqual(
      [
        `false allow: ${name} in {"Read", "Grep", "Glob"}`,
        `false allow[2]: ${name} in {"Edit", "Write"}`,
        `true allow[3]: ${name} == "Bash"`,
        'false allow[3]: every part in command_parts { split(part, " ")[0',
        'false allow[3]: split(part, " ")[0] in data.coding.commands',
        `false allow[4]: ${name} == "WebFetch"`,
        `false allow[5]: ${name} in {"TodoWrite", "Task"}`,
        `false allow[6]: ${name} in {"list_builds", "get_build_log", "`,
        `false deny: ${name} in {"Read", "Edit", "Write"}`,
        `true deny[2]: ${name} == "Bash"`,
        'true deny[2]: some word in regex.split(`[\\s\'"=<>]+`, input.args.',
        'false deny[2]: is_secret(word)',
        `true deny[3]: ${name} == "Bash"`,
        'false deny[3]: regex.match(`(curl|wget)[^|;&]*\\|\\s*(sudo\\s+)?(ba|',
        `true deny[4]: ${name} == "Bash"`,
        'false deny[4]: some target in sent_to',
        `true deny[5]: ${name} == "Bash"`,
        'false deny[5]: regex.match(`\\brm\\s+(-\\w+\\s+)*(/|~)`, input.args.c',
        `true deny[6]: ${name} == "Bash"`,
        'false deny[6]: regex.match(`\\bgit\\s+push\\b.*(--force|-f)\\b.*\\b(m',
        `true escalate: ${name} == "Bash"`,
        'false escalate: regex.match(`\\b(git\\s+push|npm\\s+publish)\\b`, i',
        `true escalate[2]: ${name} == "Bash"`,
        'false escalate[2]: regex.match(`\\bnpm\\s+(install|i|add)\\s+(-\\S+\\',
        `false escalate[3]: ${name} == "promote_build"`,
        'false regex.match(`(^|/)(\\.env(\\.\\w+)?|id_(rsa|ed25519)|credentia',
        'true some part in regex.split(`&&|\\|\\||;|\\|`, input.args.command)',
        'false regex.match(`\\bcurl\\b.*\\s(-d|--data\\S*|-F|--form|-T|--uplo',
      ].map(cut),
    );
  });

  test('a clause that applied has no condition that only failed', async () => {
    const set = await only({
      'coding/tools.rego': read('policies/coding/tools.rego'),
      'coding/data.yaml': read('policies/coding/data.yaml'),
    });
    const facts = read('traces/reviewed.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Facts);
    const requests = set.prepare(facts);
    let applied = 0;
    facts.forEach((_, row) => {
      const { states } = set.observe(requests, row);
      const { conditions } = set.cover(requests, row);
      states.forEach((state, policy) => {
        const own = conditions.filter((_, index) => {
          const { range, policy: owner, file } = set.conditions[index]!;
          const negated = read('policies/coding/tools.rego').slice(0, range.start).endsWith('not ');
          return owner === policy && file.endsWith('tools.rego') && !negated;
        });
        if (state === 'applied') {
          applied++;
          expect(own).toEqual(own.map(() => 'true'));
        }
      });
    });
    expect(applied).toBe(15);
  });
});
