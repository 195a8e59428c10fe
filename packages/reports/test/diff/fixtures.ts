/** Diffs for the tests of every format: full, empty, hostile, large. */
import type { DiffReport, Flip, FlipGroup } from '@benchbook/model';
import { attacks, hostileText, range } from '../fixtures.ts';

const pay = 'policies/pay.cedar';
const limit = `${pay}#limit`;
const because = '`context.input.amount <= 500` became `context.input.amount <= 5000`';

function flip(call: string, over: Partial<Flip> = {}): Flip {
  return {
    call,
    session: call.split('#')[0]!,
    tool: 'refund',
    agent: 'support-bot',
    user: 'alice',
    from: 'deny',
    to: 'allow',
    because: [limit],
    condition: because,
    determining: { base: [], head: [limit] },
    reasons: { base: [], head: [] },
    errors: { base: [], head: [] },
    afterDivergence: false,
    approved: null,
    source: { file: 'traces/may.jsonl', line: 3 },
    ...over,
  };
}

const flips: readonly Flip[] = [
  flip('case-0007#1', {
    from: 'allow',
    to: 'deny',
    because: ['policies/mail.rego#mail.deny'],
    condition: null,
    tool: 'send_mail',
    user: null,
    determining: { base: [limit], head: ['policies/mail.rego#mail.deny'] },
    reasons: { base: [], head: ['Mail to strangers needs a purpose'] },
    errors: { base: [], head: ['policies/mail.rego#mail.deny: no such key: purpose'] },
    approved: 'JIRA-12: mail to strangers stops',
    source: { file: 'traces/mail.json' },
  }),
  flip('case-0012#3'),
  flip('case-0044#0', { user: 'bob', afterDivergence: true, source: { file: 'traces/may.jsonl', line: 91 } }),
];

const loosened: FlipGroup = {
  policy: limit,
  change: 'changed',
  flips: 2,
  byKind: { 'deny->allow': 2 },
  conditions: [{ because, flips: 2, byKind: { 'deny->allow': 2 }, calls: ['case-0012#3', 'case-0044#0'] }],
  agents: [{ name: 'support-bot', flips: 2 }],
  users: [
    { name: 'alice', flips: 1 },
    { name: 'bob', flips: 1 },
  ],
  tools: [{ name: 'refund', flips: 2 }],
};

/** One limit loosened, one rule added, one renamed, one removed. */
export const full: DiffReport = {
  schema: 'benchbook.diff/v1',
  base: 'main',
  summary: {
    calls: 3060,
    sessions: 600,
    flips: 3,
    unchanged: 3055,
    undecided: 2,
    byKind: { 'deny->allow': 2, 'allow->deny': 1 },
    approved: 1,
    firstDivergences: 2,
    affected: { agents: 1, users: 2, tools: 2, sessions: 3 },
    withErrors: { base: 0, head: 4 },
    unreadable: 1,
  },
  policies: [
    {
      id: 'policies/mail.rego#mail.deny',
      change: 'added',
      file: 'policies/mail.rego',
      range: range(3, 1, 6, 2),
      conditions: [
        {
          base: null,
          head: { text: 'not input.args.purpose', file: 'policies/mail.rego', range: range(4, 2, 4, 24) },
        },
      ],
    },
    {
      id: limit,
      change: 'changed',
      file: pay,
      range: range(3, 1, 6, 3),
      conditions: [
        {
          base: { text: 'context.input.amount <= 500', file: pay, range: range(4, 3, 4, 30) },
          head: { text: 'context.input.amount <= 5000', file: pay, range: range(4, 3, 4, 31) },
        },
      ],
    },
    {
      id: `${pay}#third-party`,
      was: `${pay}#policy4`,
      change: 'renamed',
      file: pay,
      range: range(8, 1, 9, 3),
      conditions: [],
    },
    {
      id: 'policies/old.cedar#old',
      change: 'removed',
      file: 'policies/old.cedar',
      range: range(1, 1, 2, 3),
      conditions: [],
    },
  ],
  groups: [
    loosened,
    {
      policy: 'policies/mail.rego#mail.deny',
      change: 'added',
      flips: 1,
      byKind: { 'allow->deny': 1 },
      conditions: [{ because: null, flips: 1, byKind: { 'allow->deny': 1 }, calls: ['case-0007#1'] }],
      agents: [{ name: 'support-bot', flips: 1 }],
      users: [],
      tools: [{ name: 'send_mail', flips: 1 }],
    },
  ],
  flips,
  undecided: [
    {
      call: 'case-0100#2',
      session: 'case-0100',
      tool: 'refund',
      from: 'indeterminate',
      to: 'indeterminate',
      why: ['/user/roles'],
      source: { file: 'traces/may.jsonl', line: 400 },
    },
    {
      call: 'case-0101#0',
      session: 'case-0101',
      tool: 'refund',
      from: 'allow',
      to: 'indeterminate',
      why: ['stopped after 200,000 nodes'],
      source: { file: 'traces/may.jsonl' },
    },
  ],
  coverage: {
    policies: { base: 1, head: 0.8 },
    conditions: { base: 0.75, head: 0.7059 },
    lost: {
      policies: [`${pay}#third-party`],
      conditions: [
        { policy: limit, text: 'context.input.amount <= 5000', file: pay, range: range(4, 3, 4, 31) },
        {
          policy: null,
          text: 'count(refunds) > limit',
          file: 'policies/mail.rego',
          range: range(9, 2, 9, 24),
        },
      ],
    },
  },
  controls: [
    {
      ref: 'eu-ai-act@2026-07-27:14(4)(d)',
      title: 'Power to disregard, override or reverse the output',
      policies: { base: 1, head: 1 },
      evidenced: { base: true, head: false },
      determined: { base: 18, head: 0 },
    },
    {
      ref: 'owasp-asi@2026:ASI02',
      title: 'Tool misuse and exploitation',
      policies: { base: 2, head: 2 },
      evidenced: { base: true, head: true },
      determined: { base: 18, head: 18 },
    },
  ],
  latency: {
    unit: 'ms',
    n: 3060,
    sessions: 600,
    repeats: 9,
    p50: { base: 0.01, head: 0.0104 },
    p99: { base: 0.03, head: 0.04, ratio: 1.3333, interval: [1.21, 1.46], verdict: 'regression' },
    policies: [
      { policy: limit, share: 0.82 },
      { policy: 'policies/mail.rego#mail.deny', share: 0.11 },
    ],
    calls: [{ call: 'case-0012#3', tool: 'refund', base: 0.031, head: 0.062 }],
  },
  approvals: {
    file: 'policies/expected-flips.yaml',
    entries: 2,
    stale: [{ line: 7, text: 'case-0001#0 deny->allow' }],
  },
  findings: [
    {
      kind: 'flip',
      call: 'case-0012#3',
      from: 'deny',
      to: 'allow',
      message: 'case-0012#3 (refund): deny -> allow',
    },
    {
      kind: 'flip',
      call: 'case-0044#0',
      from: 'deny',
      to: 'allow',
      message: 'case-0044#0 (refund): deny -> allow',
    },
    { kind: 'stale-approval', line: 7, message: 'the approval of case-0001#0 approves nothing: remove it' },
    {
      kind: 'latency',
      threshold: 'p99Ratio',
      limit: 1.2,
      actual: 1.3333,
      message: 'p99Ratio: 1.3333 (1.21 to 1.46), above the limit of 1.2',
    },
  ],
  unreadable: [{ file: 'traces/may.jsonl', line: 17, message: 'not JSON: unexpected end at column 81' }],
  diagnostics: [
    {
      code: 'unknown-attribute',
      severity: 'warning',
      message: 'no recorded call has `context.input.amout`; did you mean `amount`?',
      file: pay,
      range: range(4, 3, 4, 30),
    },
  ],
  recordings: [
    { file: 'traces/mail.json', format: 'openai-chat', calls: 60 },
    { file: 'traces/may.jsonl', format: 'native', calls: 3000 },
  ],
};

/** A change that changes nothing. */
export const empty: DiffReport = {
  schema: 'benchbook.diff/v1',
  base: 'main',
  summary: {
    calls: 3060,
    sessions: 600,
    flips: 0,
    unchanged: 3060,
    undecided: 0,
    byKind: {},
    approved: 0,
    firstDivergences: 0,
    affected: { agents: 0, users: 0, tools: 0, sessions: 0 },
    withErrors: { base: 0, head: 0 },
    unreadable: 0,
  },
  policies: [],
  groups: [],
  flips: [],
  undecided: [],
  coverage: {
    policies: { base: 1, head: 1 },
    conditions: { base: 0.9, head: 0.9 },
    lost: { policies: [], conditions: [] },
  },
  controls: [],
  findings: [],
  unreadable: [],
  diagnostics: [],
  recordings: [{ file: 'traces/may.jsonl', format: 'native', calls: 3060 }],
};

/** Members whose words the schema fixes: they are no text of a user. */
const fixed = new Set('schema from to change kind verdict threshold unit severity'.split(' '));

/** `value` with `attack` in front of every text that a policy, a recording or a user can bring. */
function poisoned(value: unknown, attack: string, key: string): unknown {
  if (typeof value === 'string') return fixed.has(key) ? value : attack + value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, attack, key));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, poisoned(member, attack, name)]);
  return Object.fromEntries(entries);
}

/** The full diff with an attack in every text. */
export function poison(attack: string, report: DiffReport = full): DiffReport {
  return poisoned(report, attack, '') as DiffReport;
}

/** Every text an attack, of each kind one, and all of them in one. */
export const hostile: DiffReport = (() => {
  const parts = [...attacks, hostileText].map((attack) => poison(attack));
  const all = <
    Key extends
      | 'policies'
      | 'groups'
      | 'flips'
      | 'undecided'
      | 'controls'
      | 'findings'
      | 'diagnostics'
      | 'unreadable'
      | 'recordings',
  >(
    key: Key,
  ) => parts.flatMap((part) => part[key] as readonly unknown[]) as unknown as DiffReport[Key];
  const kinds = JSON.parse('{"__proto__": 2, "deny->allow": 20, "<b>->@team": 1}');
  return {
    ...parts.at(-1)!,
    summary: { ...full.summary, byKind: kinds, flips: 30, undecided: 20, unchanged: 3010 },
    policies: all('policies'),
    groups: all('groups'),
    flips: all('flips'),
    undecided: all('undecided'),
    controls: all('controls'),
    findings: all('findings'),
    diagnostics: all('diagnostics'),
    unreadable: all('unreadable'),
    recordings: all('recordings'),
  };
})();

/** 5,000 flips of 40 policies; every tenth is newly denied. */
export const large: DiffReport = (() => {
  const many = Array.from({ length: 5000 }, (_, index) => {
    const denied = index % 10 === 0;
    return flip(`case-${String(index).padStart(4, '0')}#1`, {
      because: [`policies/p${index % 40}.cedar#limit`],
      condition: `\`context.input.amount <= ${index % 200}\` was removed`,
      tool: `tool-${index % 25}`,
      user: `user-${index % 700}`,
      ...(denied ? { from: 'allow', to: 'deny' } : {}),
    });
  });
  return {
    ...empty,
    summary: {
      ...empty.summary,
      calls: 10_000,
      flips: 5000,
      unchanged: 5000,
      byKind: { 'deny->allow': 4500, 'allow->deny': 500 },
      firstDivergences: 5000,
      affected: { agents: 1, users: 700, tools: 25, sessions: 5000 },
    },
    groups: Array.from({ length: 40 }, (_, index): FlipGroup => {
      const own = many.filter((one) => one.because[0] === `policies/p${index}.cedar#limit`);
      return {
        ...loosened,
        policy: `policies/p${index}.cedar#limit`,
        flips: own.length,
        byKind: { 'deny->allow': own.filter((one) => one.to === 'allow').length },
        conditions: Array.from({ length: 5 }, (_, at) => ({
          because: `\`context.input.amount <= ${index + at * 40}\` was removed`,
          flips: 25,
          byKind: { 'deny->allow': 25 },
          calls: own.slice(0, 20).map((one) => one.call),
        })),
      };
    }),
    flips: many,
    findings: many.map(({ call, from, to }) => ({ kind: 'flip', call, from, to, message: call })),
  };
})();
