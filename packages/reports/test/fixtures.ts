import type {
  CheckReport,
  ControlReport,
  DecisionReport,
  ExplainReport,
  LineColumnRange,
  PolicyReport,
  ReplayReport,
} from '@benchbook/model';

export function range(line: number, column: number, endLine: number, endColumn: number): LineColumnRange {
  return { start: { line, column }, end: { line: endLine, column: endColumn } };
}

function control(ref: string, over: Partial<ControlReport> = {}): ControlReport {
  const [framework = '', edition = '', id = ''] = ref.split(/[@:]/, 3);
  return {
    ref,
    title: '',
    grade: 'unknown',
    policies: [],
    determined: 0,
    evidenced: false,
    framework,
    edition: edition || null,
    id,
    frameworkTitle: 'EU AI Act, Regulation (EU) 2024/1689',
    appliesFrom: '2027-12-02',
    layers: ['runtime'],
    applied: 0,
    silent: 0,
    folded: null,
    missing: [],
    ...over,
  };
}

function policy(id: string, language: string, over: Partial<PolicyReport> = {}): PolicyReport {
  return {
    id,
    file: id.slice(0, id.indexOf('#')),
    language,
    effect: 'forbid',
    mode: 'enforce',
    range: range(3, 1, 6, 3),
    applied: 12,
    silent: 88,
    determined: 12,
    errors: 0,
    wouldDetermine: 0,
    controls: [],
    conditions: [],
    ...over,
  };
}

function decision(call: string, tool: string, over: Partial<DecisionReport> = {}): DecisionReport {
  return {
    call,
    session: call.slice(0, call.indexOf('#')),
    tool,
    outcome: 'allow',
    basis: 'determined',
    determining: ['policies/refunds.cedar#refund-in-limit'],
    reasons: [],
    obligations: [],
    errors: [],
    missing: [],
    afterDivergence: false,
    wouldBe: 'allow',
    source: { file: 'traces/may.jsonl', line: 12 },
    ...over,
  };
}

/** A report such as a support desk's: findings, errors, audit mode, everything that a reporter prints. */
export const replay: ReplayReport = {
  schema: 'benchbook.replay/v1',
  summary: {
    calls: 3060,
    sessions: 600,
    outcomes: { allow: 2901, deny: 140, escalate: 18, indeterminate: 1 },
    withErrors: 7,
    unreadable: 2,
    firstDivergences: 3,
    expectations: { met: 41, missed: 2 },
  },
  policies: [
    policy('policies/refunds.cedar#refund-in-limit', 'cedar', {
      effect: 'permit',
      applied: 2911,
      determined: 2901,
      controls: ['eu-ai-act@2026-07-27:26(1)'],
    }),
    policy('policies/refunds.cedar#refund-above-limit', 'cedar', {
      effect: 'escalate',
      range: range(8, 1, 14, 3),
      applied: 18,
      determined: 18,
      controls: ['eu-ai-act@2026-07-27:14(1)', 'eu-ai-act@2026-07-27:14(4)(d)', 'owasp-asi@2026:ASI02'],
    }),
    policy(
      'policies/refunds.cedar#no-refund-to-a-third-party-account-that-nobody-has-ever-verified',
      'cedar',
      {
        range: range(16, 1, 22, 3),
        applied: 0,
        determined: 0,
        controls: ['owasp-llm@2026:LLM03'],
      },
    ),
    policy('policies/data/disclosure.cel.yaml#disclosure/health', 'cel-policy', {
      range: range(9, 7, 12, 40),
      applied: 128,
      determined: 128,
      errors: 7,
    }),
    policy('policies/trial/velocity.rego#desk.velocity.deny', 'rego', {
      effect: null,
      mode: 'audit',
      applied: 31,
      determined: 0,
      wouldDetermine: 29,
    }),
  ],
  helpers: [],
  lines: [],
  gaps: [],
  boundaries: [],
  unexecuted: [],
  files: [],
  period: null,
  coverage: { policies: { covered: 4, total: 5 }, conditions: { covered: 0, total: 0 } },
  controls: [
    control('eu-ai-act@2026-07-27:14(1)', {
      title: 'Effective oversight while in use',
      grade: 'direct',
      policies: ['policies/refunds.cedar#refund-above-limit'],
      determined: 18,
      evidenced: false,
    }),
    control('eu-ai-act@2026-07-27:99(9)', {
      title: '',
      grade: 'unknown',
      policies: ['policies/refunds.cedar#refund-above-limit'],
      determined: 18,
      evidenced: false,
    }),
  ],
  latency: {
    unit: 'ms',
    n: 3060,
    p50: 0.0104,
    p95: 0.0222,
    p99: 0.0301,
    max: 1.4,
    floor: 0.0051,
    perLanguage: {
      rego: { n: 3060, p50: 0.02, p95: 0.03, p99: 0.04, max: 1.4 },
      cedar: { n: 3060, p50: 0.008, p95: 0.009, p99: 0.0095, max: 0.2 },
    },
    readMBps: 61.25,
  },
  findings: [
    {
      kind: 'expectation',
      call: 'case-0412#6',
      expected: 'deny',
      actual: 'allow',
      message: 'case-0412#6 (refund): expected deny, decided allow by policies/refunds.cedar#refund-in-limit',
      tool: 'refund',
      determining: ['policies/refunds.cedar#refund-in-limit'],
      source: { file: 'traces/may.jsonl', line: 2214 },
    },
    { kind: 'expectation', call: 'case-0413#1', expected: 'allow', actual: 'escalate', message: '' },
    {
      kind: 'threshold',
      threshold: 'policyCoverage',
      limit: 0.9,
      actual: 0.8,
      message: 'policyCoverage is 0.8, the limit is 0.9: 1 of 5 policies never applied',
    },
  ],
  unreadable: [
    { file: 'traces/may.jsonl', line: 17, message: 'not JSON: unexpected end at column 81' },
    { file: 'traces/chat.json', message: 'messages[4]: no tool_calls and no content' },
  ],
  errors: [
    {
      policy: 'policies/data/disclosure.cel.yaml#disclosure/health',
      kind: 'runtime',
      message: 'no such key: purpose',
      count: 6,
      firstCall: 'case-0007#2',
    },
    {
      policy: null,
      kind: 'budget',
      message: 'stopped after 200,000 nodes',
      count: 1,
      firstCall: 'case-0511#0',
    },
  ],
  tools: [
    { name: 'refund', calls: 3060, outcomes: { allow: 2901, deny: 140, escalate: 18, indeterminate: 1 } },
  ],
  wouldChange: { 'escalate->deny': 3, 'allow->deny': 26 },
  diagnostics: [
    {
      code: 'unknown-attribute',
      severity: 'warning',
      message: 'no recorded call has `context.input.amout`; did you mean `amount`?',
      file: 'policies/refunds.cedar',
      range: range(10, 8, 10, 29),
    },
    {
      code: 'no-controls',
      severity: 'info',
      message: 'not shown here',
      file: 'policies/refunds.cedar',
      range: null,
    },
  ],
  skippedFiles: ['policies/broken.rego'],
  recordings: [
    { file: 'traces/chat.json', format: 'openai-chat', calls: 60 },
    { file: 'traces/may.jsonl', format: 'native', calls: 3000 },
  ],
};

/** The same with an entry per call. */
export const withDecisions: ReplayReport = {
  ...replay,
  decisions: [
    decision('case-0001#0', 'lookup_customer', { expect: 'allow' }),
    decision('case-0001#1', 'refund', {
      outcome: 'escalate',
      wouldBe: 'deny',
      determining: ['policies/refunds.cedar#refund-above-limit'],
      reasons: ['A supervisor approves refunds above EUR 250'],
      obligations: [{ type: 'notify', who: 'desk-lead', id: 9007199254740993n }],
    }),
    decision('case-0412#6', 'refund', { expect: 'deny', afterDivergence: true }),
    decision('case-0511#0', 'search_orders', {
      outcome: 'indeterminate',
      basis: 'failed',
      determining: [],
      wouldBe: 'indeterminate',
      errors: [{ policy: null, kind: 'budget', message: 'stopped after 200,000 nodes' }],
      missing: ['/user/roles'],
      source: { file: 'traces/chat.json' },
    }),
  ],
};

const attacks = [
  '__proto__',
  '\u001b[31mred\u001b]0;title\u0007',
  "=cmd()|'/C calc'!A0",
  '\r\n::error::owned',
  '<script>alert(1)</script>',
  'a|b`c``d',
  '\u202egpj.exe',
  '\ud800',
  '[x](javascript:1) @team https://evil.example',
];
const hostileText = attacks.join(' ');

/** Every text a recording or a policy can bring in is hostile here. */
export const hostile: ReplayReport = {
  ...replay,
  policies: attacks.map((attack, index) =>
    policy(`policies/${attack}.cedar#${attack}`, 'cedar', {
      errors: index,
      controls: [`framework@${attack}:${attack}`],
      range: range(index + 1, 1, index + 1, 9),
    }),
  ),
  controls: [control(hostileText, { title: hostileText, grade: 'direct' })],
  findings: attacks.map((attack) => ({
    kind: 'expectation' as const,
    call: attack,
    expected: 'deny' as const,
    actual: 'allow' as const,
    message: hostileText,
    tool: attack,
    determining: [`policies/${attack}.cedar#${attack}`],
    source: { file: `traces/${attack}.jsonl`, line: 1 },
  })),
  unreadable: [{ file: hostileText, line: 3, message: hostileText }],
  errors: [{ policy: hostileText, kind: 'runtime', message: hostileText, count: 1, firstCall: hostileText }],
  wouldChange: JSON.parse('{"__proto__": 2}'),
  diagnostics: [
    {
      code: hostileText,
      severity: 'error',
      message: hostileText,
      file: hostileText,
      range: range(1, 1, 1, 2),
    },
  ],
  skippedFiles: attacks,
  decisions: attacks.map((attack) =>
    decision(attack, attack, {
      session: attack,
      expect: 'deny',
      determining: [`policies/${attack}.cedar#${attack}`],
      reasons: [hostileText],
      obligations: [JSON.parse('{"type": "log", "__proto__": {"polluted": true}}')],
      errors: [{ policy: attack, kind: 'runtime', message: hostileText }],
      missing: [attack],
      source: { file: attack, line: 1 },
    }),
  ),
};

/** A replay of nothing. */
export const empty: ReplayReport = {
  schema: 'benchbook.replay/v1',
  summary: {
    calls: 0,
    sessions: 0,
    outcomes: { allow: 0, deny: 0, escalate: 0, indeterminate: 0 },
    withErrors: 0,
    unreadable: 0,
    firstDivergences: 0,
    expectations: { met: 0, missed: 0 },
  },
  policies: [],
  helpers: [],
  lines: [],
  gaps: [],
  boundaries: [],
  unexecuted: [],
  files: [],
  period: null,
  coverage: { policies: { covered: 0, total: 0 }, conditions: { covered: 0, total: 0 } },
  controls: [],
  findings: [],
  unreadable: [],
  errors: [],
  tools: [],
  wouldChange: {},
  diagnostics: [],
  skippedFiles: [],
  recordings: [],
};

export const check: CheckReport = {
  schema: 'benchbook.check/v1',
  summary: { files: 4, policies: 12, errors: 1, warnings: 1 },
  diagnostics: [
    {
      code: 'cedar-parse-error',
      severity: 'error',
      message: 'unexpected token `when`',
      file: 'policies/refunds.cedar',
      range: range(12, 3, 12, 7),
    },
    {
      code: 'nothing-allows',
      severity: 'warning',
      message: 'no set can allow',
      file: 'benchbook.yaml',
      range: null,
    },
    {
      code: 'inferred-number',
      severity: 'hint',
      message: 'refund /args/amount: decimal',
      file: 'tools/desk.json',
      range: range(1, 1, 1, 2),
    },
  ],
};

export const hostileCheck: CheckReport = {
  schema: 'benchbook.check/v1',
  summary: { files: 1, policies: 0, errors: attacks.length, warnings: 0 },
  diagnostics: attacks.map((attack, index) => ({
    code: attack,
    severity: 'error',
    message: `${attack},100%: ${hostileText}`,
    file: `policies/${attack},x:y.cedar`,
    range: range(index + 1, 1, index + 1, 2),
  })),
};

export const explain: ExplainReport = {
  schema: 'benchbook.explain/v1',
  decision: withDecisions.decisions![1]!,
  facts: JSON.stringify(
    { agent: { id: 'desk-bot' }, tool: { name: 'refund' }, args: { amount: 412.5 } },
    null,
    2,
  ),
  sets: [
    {
      set: 'cedar',
      language: 'cedar',
      outcome: 'escalate',
      basis: 'determined',
      policies: [
        {
          id: 'policies/refunds.cedar#refund-in-limit',
          effect: 'permit',
          mode: 'enforce',
          state: 'applied',
          determining: false,
          range: range(3, 1, 6, 3),
        },
        {
          id: 'policies/refunds.cedar#refund-above-limit',
          effect: 'escalate',
          mode: 'enforce',
          state: 'applied',
          determining: true,
          range: range(8, 1, 14, 3),
        },
        {
          id: 'policies/refunds.cedar#no-refund-abroad',
          effect: 'forbid',
          mode: 'audit',
          state: 'error',
          determining: false,
          range: range(16, 1, 22, 3),
        },
      ],
      conditions: [],
      reasons: ['A supervisor approves refunds above EUR 250'],
      errors: [
        {
          policy: 'policies/refunds.cedar#no-refund-abroad',
          kind: 'runtime',
          message: 'record has no attribute `iban`',
        },
      ],
    },
    {
      set: 'cel:policies/data/disclosure.cel.yaml',
      language: 'cel-policy',
      outcome: null,
      basis: 'defaulted',
      policies: [],
      conditions: [],
      reasons: [],
      errors: [],
    },
  ],
};

/** Every text of an explanation hostile. */
export const hostileExplain: ExplainReport = {
  schema: 'benchbook.explain/v1',
  decision: hostile.decisions![1]!,
  facts: hostileText,
  sets: [
    {
      ...explain.sets[0]!,
      set: hostileText,
      reasons: [hostileText],
      errors: [{ policy: hostileText, kind: 'runtime', message: hostileText }],
      policies: attacks.map((attack) => ({
        ...explain.sets[0]!.policies[0]!,
        id: `policies/${attack}.cedar#${attack}`,
      })),
    },
  ],
};
