import type { ByteSource, Call, DiffReport, Outcome, PolicySet } from '@benchbook/model';
import { type TableRule, tableSet } from '@benchbook/testkit';
import { DEFAULT_MANIFEST, type Workspace } from '@benchbook/workspace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { align } from '../src/diff/align.ts';
import { applyApprovals, readApprovals } from '../src/diff/approvals.ts';
import { diff } from '../src/diff/diff.ts';
import type { PreparedWorkspace } from '../src/prepare.ts';
import { replay } from '../src/replay/replay.ts';
import { textsOf } from '../src/report/texts.ts';

interface Limit {
  readonly name: string;
  readonly outcome: Outcome;
  readonly above: number;
}

/** A version of one table: each rule says its outcome above its limit; its digest hangs on what it says. */
function version(limits: readonly Limit[], fallback: 'allow' | 'deny' = 'deny'): PreparedWorkspace {
  const rules = limits.map(
    ({ name, outcome, above }): TableRule => ({
      name,
      outcome,
      reads: [''],
      when: (facts) => Number(facts.args?.amount ?? 0) > above,
    }),
  );
  const table = tableSet('a', rules);
  const set = {
    ...table,
    digest: JSON.stringify(limits),
    policies: table.policies.map((policy, index) => ({ ...policy, digest: JSON.stringify(limits[index]) })),
  };
  const text = limits.map(({ above }) => String.fromCharCode(0x4e00 + above)).join('');
  const workspace = {
    manifest: { ...DEFAULT_MANIFEST, default: fallback },
    policyFiles: [{ path: 'a', rootPath: 'a', text }],
    narrowings: [],
    tools: [],
  } as unknown as Workspace;
  return {
    workspace,
    policies: { everything: [set], enforced: [set], diagnostics: [], wantsNumbers: false },
    diagnostics: [],
    diagnose: () => [],
    diagnoseWith: () => [],
    controls: { editions: [] },
    company: [],
    texts: textsOf([{ path: 'a', text }]),
    modeOf: () => 'enforce',
  };
}

function recording(calls: readonly { session: string; amount: number; missing?: boolean }[]): ByteSource {
  const text = calls
    .map(({ session, amount, missing }, index) =>
      JSON.stringify({
        v: 1,
        session,
        seq: index,
        id: `c${index}`,
        ts: '2026-05-01T10:00:00Z',
        agent: { id: 'bot' },
        tool: { name: 'refund' },
        args: { amount },
        ...(missing && { missing: ['/args/amount'] }),
      } satisfies Partial<Call> | Record<string, unknown>),
    )
    .join('\n');
  const bytes = new TextEncoder().encode(text);
  return {
    path: 'a.jsonl',
    size: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}

const limit = (name: string, outcome: Outcome, above: number): Limit => ({ name, outcome, above });
const compare = (base: PreparedWorkspace, head: PreparedWorkspace, calls: Parameters<typeof recording>[0]) =>
  diff({ base, head }, [recording(calls)], { name: 'main' });

describe('a loosened limit', () => {
  const base = version([limit('all', 'allow', 0), limit('large', 'deny', 500)]);
  const head = version([limit('all', 'allow', 0), limit('large', 'deny', 5000)]);
  const calls = [
    { session: 's', amount: 40 },
    { session: 's', amount: 700 },
    { session: 's', amount: 800 },
    { session: 't', amount: 9000 },
  ];

  test('flips the calls between, named by the policy and its condition', async () => {
    const report = await compare(base, head, calls);
    expect(report.summary).toEqual({
      calls: 4,
      sessions: 2,
      flips: 2,
      unchanged: 2,
      undecided: 0,
      byKind: { 'deny->allow': 2 },
      approved: 0,
      firstDivergences: 1,
      affected: { agents: 1, users: 0, tools: 1, sessions: 1 },
      withErrors: { base: 0, head: 0 },
      unreadable: 0,
    });
    expect(
      report.flips.map(({ call, because, afterDivergence }) => [call, because, afterDivergence]),
    ).toEqual([
      ['c1', ['a#large'], false],
      ['c2', ['a#large'], true],
    ]);
    const [was, is] = [500, 5000].map((above) => String.fromCharCode(0x4e00 + above));
    expect(report.groups).toEqual([
      {
        policy: 'a#large',
        change: 'changed',
        flips: 2,
        byKind: { 'deny->allow': 2 },
        conditions: [
          {
            because: `\`${was}\` became \`${is}\``,
            flips: 2,
            byKind: { 'deny->allow': 2 },
            calls: ['c1', 'c2'],
          },
        ],
        agents: [{ name: 'bot', flips: 2 }],
        users: [],
        tools: [{ name: 'refund', flips: 2 }],
      },
    ]);
    expect(report.policies.map(({ id, change }) => [id, change])).toEqual([['a#large', 'changed']]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      `c1 (refund): deny -> allow by a#large: \`${was}\` became \`${is}\``,
      `c2 (refund): deny -> allow by a#large: \`${was}\` became \`${is}\``,
    ]);
  });

  test('is nothing to see without coverage but the flips are the same', async () => {
    const fast = await diff({ base, head }, [recording(calls)], { name: 'main', coverage: false });
    const full = await compare(base, head, calls);
    expect(fast.flips).toEqual(full.flips);
  });

  test('leaves what nobody can know apart', async () => {
    const report = await compare(base, head, [...calls, { session: 'u', amount: 40, missing: true }]);
    expect(report.summary).toMatchObject({ calls: 5, flips: 2, unchanged: 2, undecided: 1 });
    expect(report.undecided.map(({ call, why }) => [call, why])).toEqual([['c4', ['/args/amount']]]);
  });

  test('is approved entry by entry; what approves nothing is stale', async () => {
    const read = readApprovals(
      'approved.yaml',
      `version: 1
flips:
  - { kind: deny->allow, policy: "a#large", max: 1, reason: CHG-7 }
  - { call: c9, reason: gone }
`,
    );
    if ('error' in read) throw new Error(read.error);
    const report = await diff({ base, head }, [recording(calls)], {
      name: 'main',
      approvals: read.approvals,
    });
    expect(report.flips.map(({ approved }) => approved)).toEqual(['CHG-7', null]);
    expect(report.findings.map(({ kind }) => kind)).toEqual(['flip', 'stale-approval']);
    expect(report.approvals).toEqual({
      file: 'approved.yaml',
      entries: 2,
      stale: [{ line: 4, text: 'call: c9' }],
    });
  });
});

test('a policy that only has another name flips nothing and is told as renamed', async () => {
  const base = version([limit('all', 'allow', 0), limit('large', 'deny', 500)]);
  const limits = [limit('all', 'allow', 0), limit('large', 'deny', 500)];
  const head = version(limits);
  const [set] = head.policies.everything;
  const renamed = {
    ...set!,
    policies: set!.policies.map((one) => ({ ...one, id: `${one.id}2`, name: `${one.name}2` })),
  };
  const policies = { ...head.policies, everything: [renamed], enforced: [renamed] };
  const report = await compare(base, { ...head, policies }, [{ session: 's', amount: 700 }]);
  expect(report.summary).toMatchObject({ flips: 0, unchanged: 1 });
  expect(report.policies.map(({ id, change, was }) => [id, change, was])).toEqual([
    ['a#all2', 'renamed', 'a#all'],
    ['a#large2', 'renamed', 'a#large'],
  ]);
});

test('a shared condition that changed is not laid to a policy that is the same', async () => {
  const base = version([limit('all', 'allow', 0)], 'deny');
  const [set] = base.policies.everything;
  const shared = (text: string, above: number): PreparedWorkspace => {
    const place = { file: text, range: { start: 0, end: text.length }, policy: null, parent: null };
    const own = {
      ...set!,
      digest: text,
      conditions: [...set!.conditions, place],
      // The engine says otherwise though no policy of it is another: its data changed, say.
      decide: (requests: Parameters<PolicySet['decide']>[0], row: number) => {
        const decision = set!.decide(requests, row);
        return above > 0 ? { ...decision, outcome: 'deny' as const } : decision;
      },
      cover: () => ({ conditions: ['true' as const, 'true' as const], statements: [] }),
    };
    return {
      ...base,
      texts: textsOf([
        { path: 'a', text: '0' },
        { path: text, text },
      ]),
      policies: { ...base.policies, everything: [own], enforced: [own] },
    };
  };
  const report = await compare(shared('old', 0), shared('new', 1), [{ session: 's', amount: 5 }]);
  expect(report.flips.map(({ because, condition }) => [because, condition])).toEqual([[['a#all'], null]]);
});

test('coverage that is lost is named', async () => {
  const base = version([limit('all', 'allow', 0), limit('large', 'deny', 500)]);
  const head = version([limit('all', 'allow', 0), limit('large', 'deny', 50_000)]);
  const report = await compare(base, head, [
    { session: 's', amount: 700 },
    { session: 's', amount: 7 },
  ]);
  expect(report.coverage).toEqual({
    policies: { base: 1, head: 0.5 },
    conditions: { base: 0.5, head: 0 },
    lost: { policies: ['a#large'], conditions: [] },
  });
});

test('another default is laid to the manifest', async () => {
  const base = version([], 'deny');
  const head = version([], 'allow');
  const report = await compare(base, head, [{ session: 's', amount: 1 }]);
  expect(report.groups.map(({ policy, change, byKind }) => [policy, change, byKind])).toEqual([
    ['benchbook.yaml', 'changed', { 'deny->allow': 1 }],
  ]);
});

describe('for any two versions', () => {
  const limits = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      outcome: fc.constantFrom<Outcome>('allow', 'deny', 'escalate', 'indeterminate'),
      above: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 3 },
  );
  const unique = (all: readonly Limit[]) => [...new Map(all.map((one) => [one.name, one])).values()];
  const versions = limits.map((all) => version(unique(all)));
  const calls = fc.array(
    fc.record({
      session: fc.constantFrom('s', 't'),
      amount: fc.integer({ min: 0, max: 10 }),
      missing: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const shape = ({ flips }: DiffReport) => flips.map(({ call, from, to }) => `${call} ${from} ${to}`);

  test('nothing differs from itself, and all adds up', async () => {
    await fc.assert(
      fc.asyncProperty(versions, calls, async (one, recorded) => {
        const { summary, policies } = await compare(one, one, recorded);
        expect({ flips: summary.flips, policies }).toEqual({ flips: 0, policies: [] });
        expect(summary.unchanged + summary.undecided).toBe(recorded.length);
      }),
    );
  });

  test('the other way round is the mirror image', async () => {
    await fc.assert(
      fc.asyncProperty(versions, versions, calls, async (one, other, recorded) => {
        const there = await compare(one, other, recorded);
        const back = await compare(other, one, recorded);
        expect(back.flips.map(({ call, from, to }) => `${call} ${to} ${from}`)).toEqual(shape(there));
        expect(back.coverage.policies).toEqual({
          base: there.coverage.policies.head,
          head: there.coverage.policies.base,
        });
        const { calls: all, flips, unchanged, undecided } = there.summary;
        expect(flips + unchanged + undecided).toBe(all);
      }),
    );
  });

  test('flips are the calls with known outcomes on which two replays differ', async () => {
    await fc.assert(
      fc.asyncProperty(versions, versions, calls, async (one, other, recorded) => {
        const outcomes = async (prepared: PreparedWorkspace) =>
          (await replay(prepared, [recording(recorded)], { decisions: true })).report.decisions!;
        const before = await outcomes(one);
        const after = await outcomes(other);
        const expected = before.flatMap(({ call, outcome }, index) => {
          const now = after[index]!.outcome;
          const known = outcome !== 'indeterminate' && now !== 'indeterminate';
          return known && outcome !== now ? [`${call} ${outcome} ${now}`] : [];
        });
        expect(shape(await compare(one, other, recorded))).toEqual(expected);
      }),
    );
  });
});

describe('lists are aligned', () => {
  test('equal texts with each other, edited ones in their place', () => {
    expect(align(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
      { base: 0, head: 0 },
      { base: 1, head: 1 },
      { base: 2, head: 2 },
      { base: null, head: 3 },
    ]);
    expect(align(['a', 'b'], ['b'])).toEqual([
      { base: 0, head: null },
      { base: 1, head: 0 },
    ]);
  });

  test('each entry stands once, in order', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(texts, texts, (base, head) => {
        const aligned = align(base, head);
        expect(aligned.flatMap(({ base: at }) => at ?? [])).toEqual(base.map((_, index) => index));
        expect(aligned.flatMap(({ head: at }) => at ?? [])).toEqual(head.map((_, index) => index));
      }),
    );
  });
});

describe('approvals', () => {
  const error = (text: string) => {
    const read = readApprovals('a.yaml', text);
    return 'error' in read ? read.error : null;
  };

  test('say in one line what is wrong with them', () => {
    expect(error('flips: []')).toBe('a.yaml: a list of approvals has `version: 1` and `flips:`, a list');
    expect(error('version: 1\nflips:\n  - { call: c1 }\n')).toBe('a.yaml:3: an approval needs a `reason`');
    expect(error('version: 1\nflips:\n  - { reason: x }\n')).toBe(
      'a.yaml:3: an approval names a `call`, or a `policy`, `tool` or `kind`',
    );
    expect(error('version: 1\nflips:\n  - { cal: c1, reason: x }\n')).toBe(
      'a.yaml:3: unknown key `cal`; known are call, policy, tool, kind, max, reason, by',
    );
    expect(error('version: 1\nflips:\n  - { tool: x, max: 0, reason: x }\n')).toBe(
      'a.yaml:3: `max` must be a whole number above 0',
    );
    expect(error('version: [')).toMatch(/^a\.yaml:1: /);
  });

  test('an entry fits where all that it states fits', () => {
    const flip = (tool: string, to: Outcome) =>
      ({
        call: tool,
        tool,
        from: 'deny',
        to,
        because: ['p'],
        approved: null,
      }) as unknown as DiffReport['flips'][number];
    const read = readApprovals(
      'a.yaml',
      'version: 1\nflips:\n  - { tool: refund, kind: "deny -> allow", reason: r }\n',
    );
    if ('error' in read) throw new Error(read.error);
    const flips = [flip('refund', 'allow'), flip('refund', 'escalate'), flip('read', 'allow')];
    expect(applyApprovals(flips, read.approvals).flips.map(({ approved }) => approved)).toEqual([
      'r',
      null,
      null,
    ]);
  });
});
