import type { ByteSource, Call, PolicyReport, Ratio, ReplayReport } from '@benchbook/model';
import { call, memorySource, nativeLines, sessionOf } from '@benchbook/testkit';
import { readRecording } from '@benchbook/traces';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allConditions } from './expected-coverage.ts';
import {
  LOADING,
  MANY_REPLAYS,
  SAMPLES,
  type SampleBench,
  type SampleFiles,
  sampleBench,
} from './sample-bench.ts';

describe.each(SAMPLES)('%s', (sample) => {
  let bench: SampleBench;
  let before: ReplayReport;
  beforeAll(async () => {
    bench = await sampleBench(sample);
    before = await bench.replay();
  }, LOADING);
  afterAll(() => bench.close());

  test('a policy deleted lowers coverage by what it had', async () => {
    for (const policy of before.policies) {
      const { coverage, policies } = await bench.replay({
        files: without(bench.files, policy, before.policies),
      });
      expect(coverage.policies, policy.id).toEqual({
        covered: before.coverage.policies.covered - (policy.applied > 0 ? 1 : 0),
        total: before.coverage.policies.total - 1,
      });
      if (policy.applied > 0)
        expect(share(coverage.policies), policy.id).toBeLessThan(share(before.coverage.policies));
      expect(policies.length, policy.id).toBe(before.policies.length - 1);
      // Helpers that nothing else uses go with it.
      const { covered, total } = coverage.conditions;
      expect(covered, policy.id).toBeLessThanOrEqual(
        before.coverage.conditions.covered - seenBothWays(policy),
      );
      expect(total, policy.id).toBeLessThanOrEqual(
        before.coverage.conditions.total - policy.conditions.length,
      );
    }
  });

  test.each(ADDED[sample])('$title raises coverage', async ({ calls, policies, conditions }) => {
    const recordings = [...bench.recordings, memorySource('traces/z-added.jsonl', nativeLines(calls))];
    const after = await bench.replay({ recordings });
    expect(after.summary.unreadable).toBe(0);
    const newlyApplied = after.policies.filter(
      ({ applied }, index) => applied > 0 && before.policies[index]!.applied === 0,
    );
    expect(newlyApplied.map(({ id }) => id)).toEqual(policies);
    const known = allConditions(before);
    const newlyCovered = allConditions(after).filter(
      (one, index) => isSeenBothWays(one) && !isSeenBothWays(known[index]!),
    );
    expect(newlyCovered.map(({ text }) => text)).toEqual(conditions);
    expect(after.coverage).toEqual({
      policies: {
        covered: before.coverage.policies.covered + policies.length,
        total: before.coverage.policies.total,
      },
      conditions: {
        covered: before.coverage.conditions.covered + conditions.length,
        total: before.coverage.conditions.total,
      },
    });
  });

  test(
    'what two halves of the sessions exercise adds up to the whole',
    async () => {
      const sessions = await sessionsOf(bench.recordings);
      const whole = countsOf(before);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.boolean(), { minLength: sessions.length, maxLength: sessions.length }),
          async (chosen) => {
            const half = async (side: boolean) => {
              const calls = sessions.filter((_, index) => chosen[index] === side).flat();
              return bench.replay({ recordings: [memorySource('traces/half.jsonl', nativeLines(calls))] });
            };
            const [one, other] = [await half(true), await half(false)];
            for (const part of [one, other]) {
              expect(part.coverage.policies.covered).toBeLessThanOrEqual(before.coverage.policies.covered);
              expect(part.coverage.conditions.covered).toBeLessThanOrEqual(
                before.coverage.conditions.covered,
              );
              expect(part.coverage.policies.total).toBe(before.coverage.policies.total);
              expect(part.coverage.conditions.total).toBe(before.coverage.conditions.total);
            }
            const [left, right] = [countsOf(one), countsOf(other)];
            expect(left.map((count, index) => count + right[index]!)).toEqual(whole);
          },
        ),
        { numRuns: 5 },
      );
    },
    MANY_REPLAYS,
  );
});

function share({ covered, total }: Ratio): number {
  return covered / total;
}

function isSeenBothWays(condition: { readonly true: number; readonly false: number }): boolean {
  return condition.true > 0 && condition.false > 0;
}

function seenBothWays({ conditions }: PolicyReport): number {
  return conditions.filter(isSeenBothWays).length;
}

/** Every count of a report that grows with the calls, in one list. */
function countsOf(report: ReplayReport): readonly number[] {
  return [
    report.summary.calls,
    ...report.policies.flatMap(({ applied, silent, errors }) => [applied, silent, errors]),
    ...allConditions(report).flatMap((one) => [one.true, one.false, one.error, one.unreached]),
  ];
}

/** The files without the lines of a policy; without its file where it is the only one there. */
function without(files: SampleFiles, policy: PolicyReport, all: readonly PolicyReport[]): SampleFiles {
  const { [policy.file]: content, ...others } = files;
  if (all.filter(({ file }) => file === policy.file).length === 1) return others;
  const lines = (typeof content === 'string' ? content : new TextDecoder().decode(content)).split('\n');
  lines.splice(policy.range.start.line - 1, policy.range.end.line - policy.range.start.line + 1);
  return { ...others, [policy.file]: lines.join('\n') };
}

/** All calls by session, in reading order. */
async function sessionsOf(recordings: readonly ByteSource[]): Promise<readonly (readonly Call[])[]> {
  const sessions = new Map<string, Call[]>();
  for (const recording of recordings) {
    for await (const { calls } of readRecording(recording)) {
      for (const one of calls) {
        const key = `${recording.path}\u0000${one.session}`;
        sessions.set(key, [...(sessions.get(key) ?? []), one]);
      }
    }
  }
  return [...sessions.values()];
}

interface Added {
  readonly title: string;
  readonly calls: readonly Call[];
  /** Policies that applied to nothing before. */
  readonly policies: readonly string[];
  /** Conditions that were not seen both ways before. */
  readonly conditions: readonly string[];
}

const DESK = { agent: { id: 'desk-assistant' }, user: { id: 'mara.voss', roles: ['support'] } };
const TREASURY = { agent: { id: 'payments-agent' } };
const CODING = { agent: { id: 'claude-code' }, context: { cwd: '/home/dev/src/ledger' } };
const PAYMENT = {
  debtor_account: 'SE3550000000054910000003',
  vendor_id: 'V-2001',
  creditor_iban: 'NL91ABNA0417164300',
  amount: 500,
  currency: 'EUR',
  invoice_id: 'INV-1',
};

const ADDED: Readonly<Record<(typeof SAMPLES)[number], readonly Added[]>> = {
  'support-desk': [
    {
      title: 'a voucher of 50.01',
      calls: [call({ ...DESK, tool: 'issue_voucher', args: { customer_id: 'C-1', amount: 50.01 } })],
      policies: [],
      conditions: ['context.input.amount.lessThanOrEqual(decimal("50.00"))'],
    },
    {
      title: 'a bulk refund',
      calls: [call({ ...DESK, tool: 'bulk_refund', args: { batch_id: 'B-1', reason: 'recall' } })],
      policies: ['policies/refunds.cedar#no-bulk-refunds'],
      conditions: [],
    },
    {
      title: 'a change of address that nobody of the desk is on',
      calls: [
        call({
          agent: { id: 'returns-assistant' },
          tool: 'update_address',
          args: { customer_id: 'C-1', street: 'a', postcode: 'b', city: 'c', country: 'd' },
        }),
      ],
      policies: [],
      conditions: [
        'context has user && context.user has roles && context.user.roles.contains("support")',
        'context has user',
      ],
    },
  ],
  treasury: [
    {
      title: 'a trade',
      calls: [
        call({ ...TREASURY, tool: 'fx_trade', args: { pair: 'EURUSD', side: 'buy', notional: 100000 } }),
      ],
      policies: ['policies/mandate.cedar#no-trading'],
      conditions: [],
    },
    {
      title: 'a payment made again after it failed',
      calls: sessionOf('again', [
        { ...TREASURY, tool: 'create_payment', args: PAYMENT, result: { status: 'error' } },
        { ...TREASURY, tool: 'create_payment', args: PAYMENT },
      ]),
      policies: [],
      conditions: ['earlier.result.status == "ok"'],
    },
  ],
  'coding-agent': [
    {
      title: 'a forced push to main',
      calls: [call({ ...CODING, tool: 'Bash', args: { command: 'git push --force origin main' } })],
      policies: ['policies/coding/tools.rego#coding.tools.deny[6]'],
      conditions: [
        'regex.match(`\\bgit\\s+push\\b.*(--force|-f)\\b.*\\b(main|release)`, input.args.command)',
      ],
    },
    {
      title: 'a small file written outside of a checkout',
      calls: [call({ ...CODING, tool: 'Write', args: { file_path: '/etc/motd', content: 'hello' } })],
      policies: [],
      conditions: ['in_checkout(path)', 'size(args.content) > 2000'],
    },
    {
      title: 'a call at a server that nobody has looked at',
      calls: [call({ ...CODING, tool: { name: 'query', server: 'warehouse' } })],
      policies: [],
      conditions: [
        '!has(tool.server) || tool.server in ["artifacts", "github"]',
        'tool.server in ["artifacts", "github"]',
      ],
    },
    {
      title: 'a search that names no path',
      calls: [call({ ...CODING, tool: 'Glob', args: { pattern: '**/*.ts' } })],
      policies: [],
      conditions: ['input.args.path'],
    },
  ],
};
