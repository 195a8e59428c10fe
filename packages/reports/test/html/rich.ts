import type {
  ConditionOnCall,
  ControlReport,
  DecisionReport,
  PolicyReport,
  ReplayReport,
} from '@benchbook/model';
import { empty } from '../fixtures.ts';
import { condition, rangeOf } from './places.ts';
import { cedar, rego } from './rich-sources.ts';

const files = { 'policies/refunds.cedar': cedar, 'policies/trial/velocity.rego': rego };

/** Sources of all policy files but the CEL one, which nobody kept. */
export const sources = (file: string): string | undefined => new Map(Object.entries(files)).get(file);

const limit = 'policies/refunds.cedar#refund-in-limit';
const above = 'policies/refunds.cedar#refund-above-limit';
const health = 'policies/disclosure.cel.yaml#disclosure/health';
const velocity = 'policies/trial/velocity.rego#desk.velocity.deny';

const limitBody = cedar.slice(cedar.indexOf('context.input.amount <='), cedar.indexOf('\n};'));
const leadBody = cedar.slice(cedar.lastIndexOf('context.user.roles'), cedar.indexOf('\n};\n\n@id("never'));

function policy(id: string, language: string, over: Partial<PolicyReport>): PolicyReport {
  return {
    id,
    file: id.slice(0, id.indexOf('#')),
    language,
    effect: 'forbid',
    mode: 'enforce',
    range: rangeOf(cedar, '@id("refund-in-limit")'),
    applied: 0,
    silent: 0,
    determined: 0,
    errors: 0,
    wouldDetermine: 0,
    controls: [],
    conditions: [],
    ...over,
  };
}

function control(ref: string, title: string, over: Partial<ControlReport>): ControlReport {
  const [framework = '', edition = '', id = ''] = ref.split(/[@:]/, 3);
  return {
    ref,
    title,
    grade: 'direct',
    policies: [above],
    determined: 18,
    evidenced: true,
    framework,
    edition,
    id,
    frameworkTitle: 'EU AI Act, Regulation (EU) 2024/1689',
    appliesFrom: '2027-12-02',
    layers: ['runtime'],
    applied: 18,
    silent: 401,
    folded: null,
    missing: [],
    ...over,
  };
}

function decision(index: number, over: Partial<DecisionReport> = {}): DecisionReport {
  return {
    call: `case-${String(Math.floor(index / 4)).padStart(4, '0')}#${index % 4}`,
    session: `case-${String(Math.floor(index / 4)).padStart(4, '0')}`,
    tool: (['lookup_customer', 'search_orders', 'refund', 'send_mail'] as const)[index % 4]!,
    outcome: 'allow',
    basis: 'determined',
    determining: [limit],
    reasons: [],
    obligations: [],
    errors: [],
    missing: [],
    afterDivergence: false,
    wouldBe: 'allow',
    source: { file: 'traces/may.jsonl', line: index + 1 },
    ...over,
  };
}

const seen: readonly ConditionOnCall[] = [
  {
    policy: above,
    file: 'policies/refunds.cedar',
    range: rangeOf(cedar, 'context.input.amount > decimal("250.0")'),
    text: 'context.input.amount > decimal("250.0")',
    parent: null,
    state: 'true',
  },
  {
    policy: above,
    file: 'policies/refunds.cedar',
    range: rangeOf(cedar, leadBody),
    text: leadBody,
    parent: null,
    state: 'false',
  },
  {
    policy: above,
    file: 'policies/refunds.cedar',
    range: rangeOf(cedar, 'context.user.roles.contains("desk-lead")', 1),
    text: 'context.user.roles.contains("desk-lead")',
    parent: 1,
    state: 'false',
  },
];

/** `calls` decisions of which one in 17 escalates, one in 40 is denied, one in 200 has no answer. */
export function manyDecisions(calls: number): readonly DecisionReport[] {
  return Array.from({ length: calls }, (_, index) => {
    if (index % 200 === 199)
      return decision(index, {
        outcome: 'indeterminate',
        basis: 'failed',
        determining: [],
        wouldBe: 'indeterminate',
        missing: ['/user/roles'],
        errors: [{ policy: health, kind: 'runtime', message: 'no such key: purpose' }],
      });
    if (index % 40 === 3)
      return decision(index, {
        outcome: 'deny',
        basis: 'defaulted',
        determining: [],
        wouldBe: 'deny',
        expect: 'allow',
      });
    if (index % 17 === 2)
      return decision(index, {
        outcome: 'escalate',
        wouldBe: 'deny',
        determining: [above],
        reasons: ['A supervisor approves refunds above EUR 250'],
        obligations: [{ type: 'notify', who: 'desk-lead' }],
        conditions: seen,
        afterDivergence: index % 2 === 0,
        expect: 'escalate',
      });
    return decision(index);
  });
}

function outcomes(decisions: readonly DecisionReport[]) {
  const counts = { allow: 0, deny: 0, escalate: 0, indeterminate: 0 };
  for (const one of decisions) counts[one.outcome]++;
  return counts;
}

/** A report with every part filled, over `calls` calls. */
export function richReport(calls = 420): ReplayReport {
  const decisions = manyDecisions(calls);
  const tools = [...new Set(decisions.map((one) => one.tool))].sort().map((name) => {
    const mine = decisions.filter((one) => one.tool === name);
    return { name, calls: mine.length, outcomes: outcomes(mine) };
  });
  return {
    ...empty,
    summary: {
      calls,
      sessions: Math.ceil(calls / 4),
      outcomes: outcomes(decisions),
      withErrors: Math.floor(calls / 200),
      unreadable: 2,
      firstDivergences: 3,
      expectations: { met: 24, missed: 11 },
    },
    period: { from: '2026-05-01T07:58:11Z', to: '2026-05-29T16:20:00Z' },
    policies: [
      policy(limit, 'cedar', {
        effect: 'permit',
        range: rangeOf(cedar, cedar.slice(cedar.indexOf('@id("refund-in'), cedar.indexOf('};') + 2)),
        applied: 380,
        silent: 25,
        determined: 380,
        controls: ['eu-ai-act@2026-07-27:26(1)'],
        conditions: [
          condition(cedar, limitBody, [380, 25, 0, 15]),
          condition(cedar, 'context.input.amount <= decimal("250.0")', [395, 10, 0, 15], 0),
          condition(cedar, 'context.input.currency == "EUR"', [395, 0, 0, 25], 0),
          condition(cedar, 'context.user.roles.contains("desk-lead")', [0, 0, 0, 420], 0),
        ],
      }),
      policy(above, 'cedar', {
        effect: 'escalate',
        range: rangeOf(
          cedar,
          cedar.slice(cedar.indexOf('@id("refund-above'), cedar.indexOf('\n\n@id("never')),
        ),
        applied: 18,
        silent: 401,
        determined: 18,
        controls: ['eu-ai-act@2026-07-27:14(1)', 'eu-ai-act@2026-07-27:14(4)(d)'],
        conditions: [
          condition(cedar, 'context.input.amount > decimal("250.0")', [18, 401, 0, 1]),
          condition(cedar, leadBody, [0, 18, 0, 402]),
          {
            ...condition(cedar, leadBody.slice(0, 40), [0, 18, 0, 402], 1),
            range: rangeOf(cedar, leadBody.slice(0, 40), 1),
          },
          condition(cedar, 'context.session.tools.contains("search_orders")', [0, 0, 0, 420], 1),
        ],
      }),
      policy('policies/refunds.cedar#never-abroad', 'cedar', {
        range: rangeOf(cedar, cedar.slice(cedar.indexOf('@id("never'), cedar.length - 1)),
        silent: 97,
        errors: 8,
        conditions: [condition(cedar, 'context.input.iban like "KP*"', [0, 97, 8, 315])],
      }),
      policy(health, 'cel-policy', {
        range: { start: { line: 9, column: 7 }, end: { line: 12, column: 40 } },
        applied: 12,
        silent: 408,
        determined: 9,
        errors: 7,
        conditions: [
          {
            range: { start: { line: 9, column: 20 }, end: { line: 9, column: 58 } },
            text: 'tool.name == "send_mail" && args.purpose == "health"',
            parent: null,
            true: 12,
            false: 401,
            error: 7,
            unreached: 0,
          },
        ],
      }),
      policy(velocity, 'rego', {
        effect: null,
        mode: 'audit',
        range: rangeOf(rego, rego.slice(rego.indexOf('# METADATA'), rego.indexOf('}\n') + 1)),
        applied: 31,
        silent: 389,
        wouldDetermine: 29,
        controls: ['owasp-asi@2026:ASI02'],
        conditions: [
          condition(rego, 'input.tool.name == "refund"', [105, 315, 0, 0]),
          condition(rego, 'count(recent) > 5', [31, 74, 0, 315]),
        ],
      }),
    ],
    helpers: [
      {
        file: 'policies/trial/velocity.rego',
        language: 'rego',
        conditions: [
          condition(rego, 'some call in input.session.history', [105, 0, 0, 315]),
          condition(rego, 'call.tool.name == "refund"', [74, 31, 0, 315]),
        ],
      },
    ],
    coverage: { policies: { covered: 4, total: 5 }, conditions: { covered: 6, total: 13 } },
    lines: [
      {
        file: 'policies/refunds.cedar',
        language: 'cedar',
        lines: [
          { line: 5, hits: 380 },
          { line: 11, hits: 405 },
          { line: 12, hits: 395 },
          { line: 18, hits: 18 },
          { line: 23, hits: 419 },
          { line: 26, hits: 18 },
          { line: 30, hits: 0 },
          { line: 31, hits: 105 },
        ],
      },
      {
        file: 'policies/trial/velocity.rego',
        language: 'rego',
        lines: [9, 10, 11, 12, 15, 16, 17].map((line) => ({ line, hits: line === 12 ? 31 : 420 })),
      },
    ],
    gaps: [
      {
        code: 'policy-never-applies',
        message: 'never-abroad applied to no recorded call: record one that it should stop, or remove it.',
        policy: 'policies/refunds.cedar#never-abroad',
        file: 'policies/refunds.cedar',
        range: rangeOf(cedar, '@id("never-abroad")'),
      },
      {
        code: 'condition-never-false',
        message: '`context.input.currency == "EUR"` was true whenever it was reached (395 calls).',
        policy: limit,
        file: 'policies/refunds.cedar',
        range: rangeOf(cedar, 'context.input.currency == "EUR"'),
      },
      {
        code: 'tool-not-mentioned',
        message: '`send_mail` was called and no policy names it.',
        tool: 'send_mail',
      },
      {
        code: 'DENY_NONE',
        message: 'No recorded and no boundary call of `search_orders` is denied.',
        tool: 'search_orders',
      },
    ],
    boundaries: [249.99, 250, 250.01].map((value) => ({
      call: 'case-0000#2',
      tool: 'refund',
      pointer: '/args/amount',
      value,
      text: 'context.input.amount > decimal("250.0")',
      file: 'policies/refunds.cedar',
      range: rangeOf(cedar, 'context.input.amount > decimal("250.0")'),
      policy: above,
      outcome: value > 250 ? 'escalate' : 'allow',
      from: 'allow',
    })),
    unexecuted: [
      {
        ref: 'desk@2026:A.4',
        title: 'Refunds to accounts abroad need a second pair of eyes',
        document: 'Desk handbook, part A',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
    ],
    controls: [
      control('eu-ai-act@2026-07-27:14(1)', 'Effective oversight while in use', {}),
      control('eu-ai-act@2026-07-27:14(4)(d)', 'Deciding not to use, or to override, the output', {
        grade: 'partial',
        evidenced: false,
        silent: 0,
        missing: ['No recorded call reached a policy that serves it without its applying.'],
      }),
      control('eu-ai-act@2026-07-27:26(1)', 'Use in accordance with the instructions', {
        grade: 'context',
        policies: [limit],
        determined: 380,
        applied: 380,
        silent: 25,
        evidenced: false,
        missing: [
          'Grade `context` is never evidence: keep the instructions for use with the system’s documentation.',
        ],
      }),
      control('eu-ai-act@2026-07-27:9(1)', 'Risk management system', {
        folded: 'binds providers; the profile is a deployer',
        grade: 'context',
        evidenced: false,
      }),
      control('owasp-asi@2026:ASI02', 'Tool misuse and exploitation', {
        frameworkTitle: 'OWASP Top 10 for Agentic Applications',
        policies: [velocity],
        appliesFrom: null,
        determined: 0,
        applied: 0,
        silent: 0,
        evidenced: false,
        missing: ['Every policy that serves it is in audit mode: enforce one.'],
      }),
    ],
    latency: {
      unit: 'ms',
      n: calls,
      p50: 0.0104,
      p95: 0.0222,
      p99: 0.0301,
      max: 1.4,
      floor: 0.0051,
      perLanguage: {
        rego: { n: calls, p50: 0.02, p95: 0.03, p99: 0.04, max: 1.4 },
        cedar: { n: calls, p50: 0.008, p95: 0.009, p99: 0.0095, max: 0.2 },
        'cel-policy': { n: calls, p50: 0.0021, p95: 0.0032, p99: 0.006, max: 0.09 },
      },
      readMBps: 61.25,
    },
    decisions,
    findings: decisions
      .filter((one) => one.expect !== undefined && one.expect !== one.outcome)
      .slice(0, 3)
      .map((one) => ({
        kind: 'expectation',
        call: one.call,
        expected: one.expect!,
        actual: one.outcome,
        message: `${one.call} (${one.tool}): expected ${one.expect}, decided ${one.outcome}: no policy applied`,
        tool: one.tool,
        determining: one.determining,
        source: one.source,
      })),
    unreadable: [
      { file: 'traces/may.jsonl', line: 17, message: 'not JSON: unexpected end at column 81' },
      { file: 'traces/chat.json', message: 'messages[4]: no tool_calls and no content' },
    ],
    errors: [
      {
        policy: health,
        kind: 'runtime',
        message: 'no such key: purpose',
        count: 7,
        firstCall: 'case-0049#3',
      },
    ],
    tools,
    wouldChange: { 'escalate->deny': 24 },
    diagnostics: [
      {
        code: 'unknown-attribute',
        severity: 'warning',
        message: 'no recorded call has `context.input.iban` on `refund`; did you mean `account`?',
        file: 'policies/refunds.cedar',
        range: rangeOf(cedar, 'context.input.iban'),
      },
    ],
    skippedFiles: ['policies/broken.rego'],
    recordings: [
      { file: 'traces/chat.json', format: 'openai-chat', calls: 60, sha256: 'ab'.repeat(32) },
      { file: 'traces/may.jsonl', format: 'native', calls: calls - 60, sha256: 'cd'.repeat(32) },
    ],
    files: [{ path: 'policies/refunds.cedar', role: 'policy', sha256: 'ef'.repeat(32) }],
  };
}
