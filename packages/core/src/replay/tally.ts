import {
  type ConditionOnCall,
  type DecisionReport,
  type EvaluationError,
  OUTCOMES,
  type Outcome,
  type ReplayFinding,
  type ReplayReport,
} from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { compare } from '../order.ts';
import { type DecidedCall, decisionReport, sourceOf } from './decide-calls.ts';
import { decisionCounter } from './decision-counter.ts';

type Counts = { [outcome in Outcome]: number };

/** Calls that one policy decided. */
export interface PolicyCounts {
  determined: number;
  wouldDetermine: number;
}

/** Most distinct tools, error messages and missed expectations that a report lists. */
const MAX_TOOLS = 10_000;
const MAX_ERRORS = 1_000;
const MAX_MISSED = 1_000;

/** Sums over decided calls. Its size does not grow with their number, unless every decision is asked for. */
export interface Tally {
  visit(decided: DecidedCall): void;
  /** To be called where a recording ends: puts its decisions into reading order. */
  endRecording(): void;
  readonly result: {
    readonly calls: number;
    readonly sessions: number;
    readonly outcomes: Counts;
    readonly withErrors: number;
    readonly firstDivergences: number;
    readonly expectations: { readonly met: number; readonly missed: number };
    readonly policies: ReadonlyMap<string, PolicyCounts>;
    readonly missed: readonly ReplayFinding[];
    readonly tools: ReplayReport['tools'];
    readonly errors: ReplayReport['errors'];
    readonly wouldChange: { readonly [kind: string]: number };
    readonly decisions: readonly DecisionReport[];
    readonly period: ReplayReport['period'];
  };
}

/** `keepDecisions`: an entry per call. `conditionsOf` tells what stands below its determining policies. */
export function tally(
  keepDecisions: boolean,
  conditionsOf?: (decision: PdpDecision) => readonly ConditionOnCall[],
): Tally {
  const outcomes = noCounts();
  const expectations = { met: 0, missed: 0 };
  const policies = new Map<string, PolicyCounts>();
  const missed: ReplayFinding[] = [];
  const tools = new Map<string, { calls: number; outcomes: Counts }>();
  const errors = new Map<string, { error: EvaluationError; count: number; firstCall: string }>();
  const wouldChange = new Map<string, number>();
  const decisions: DecisionReport[] = [];
  let pending: { entry: DecisionReport; session: number; seq: number }[] = [];
  let calls = 0;
  let sessions = 0;
  let withErrors = 0;
  let firstDivergences = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;

  function countsOf(id: string): PolicyCounts {
    let counts = policies.get(id);
    if (!counts) {
      counts = { determined: 0, wouldDetermine: 0 };
      policies.set(id, counts);
    }
    return counts;
  }

  function determine(decision: PdpDecision, calls: number, kinds: readonly (keyof PolicyCounts)[]): void {
    for (const id of decision.determining) for (const kind of kinds) countsOf(id)[kind] += calls;
  }
  const both = decisionCounter((decision, { calls }) =>
    determine(decision, calls, ['determined', 'wouldDetermine']),
  );
  const enforced = decisionCounter((decision, { calls }) => determine(decision, calls, ['determined']));
  const everything = decisionCounter((decision, { calls }) => determine(decision, calls, ['wouldDetermine']));

  function note(ts: string): void {
    const time = Date.parse(ts);
    if (time < from) from = time;
    if (time > to) to = time;
  }

  function countErrors(decision: PdpDecision, call: string): void {
    for (const error of decision.errors) {
      const key = `${error.policy}\u0000${error.kind}\u0000${error.message}`;
      const known = errors.get(key);
      if (known) known.count++;
      else if (errors.size < MAX_ERRORS) errors.set(key, { error, count: 1, firstCall: call });
    }
  }

  function countTool(name: string, outcome: Outcome): void {
    let tool = tools.get(name);
    if (!tool) {
      if (tools.size >= MAX_TOOLS) return;
      tool = { calls: 0, outcomes: noCounts() };
      tools.set(name, tool);
    }
    tool.calls++;
    tool.outcomes[outcome]++;
  }

  function countExpectation(decided: DecidedCall): void {
    const { call, decision } = decided;
    if (!call.expect) return;
    if (call.expect === decision.outcome) {
      expectations.met++;
      return;
    }
    expectations.missed++;
    if (missed.length < MAX_MISSED) {
      missed.push({
        kind: 'expectation',
        call: call.id,
        expected: call.expect,
        actual: decision.outcome,
        tool: call.tool.name,
        determining: decision.determining,
        source: sourceOf(call),
        message: `${call.id} (${call.tool.name}): expected ${call.expect}, decided ${decision.outcome}${because(decision)}`,
      });
    }
  }

  return {
    visit(decided) {
      const { call, decision, wouldBe } = decided;
      calls++;
      if (call.ts !== undefined) note(call.ts);
      if (decided.firstOfSession) sessions++;
      if (decided.diverges) firstDivergences++;
      outcomes[decision.outcome]++;
      if (decision.errors.length > 0 || wouldBe.errors.length > 0) {
        withErrors++;
        countErrors(wouldBe.errors.length >= decision.errors.length ? wouldBe : decision, call.id);
      }
      countTool(call.tool.name, decision.outcome);
      countExpectation(decided);
      if (wouldBe === decision) both.add(decision, true);
      else {
        enforced.add(decision, true);
        everything.add(wouldBe, true);
      }
      if (wouldBe.outcome !== decision.outcome) {
        const kind = `${decision.outcome}->${wouldBe.outcome}`;
        wouldChange.set(kind, (wouldChange.get(kind) ?? 0) + 1);
      }
      if (keepDecisions) {
        const conditions = conditionsOf?.(decision);
        const entry = { ...decisionReport(decided), ...(conditions && { conditions }) };
        pending.push({ entry, session: decided.sessionNumber, seq: call.seq });
      }
    },
    endRecording() {
      for (const counter of [both, enforced, everything]) counter.flush();
      pending.sort((a, b) => a.session - b.session || a.seq - b.seq);
      for (const { entry } of pending) decisions.push(entry);
      pending = [];
    },
    get result() {
      return {
        calls,
        sessions,
        outcomes,
        withErrors,
        firstDivergences,
        expectations,
        policies,
        missed,
        tools: [...tools]
          .map(([name, counts]) => ({ name, ...counts }))
          .sort((a, b) => b.calls - a.calls || compare(a.name, b.name)),
        errors: [...errors.values()]
          .map(({ error, count, firstCall }) => ({ ...error, count, firstCall }))
          .sort((a, b) => b.count - a.count || compare(`${a.policy}${a.message}`, `${b.policy}${b.message}`))
          .slice(0, 100),
        wouldChange: Object.fromEntries([...wouldChange].sort(([a], [b]) => compare(a, b))),
        decisions,
        period: from > to ? null : { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      };
    },
  };
}

function noCounts(): Counts {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Counts;
}

function because(decision: PdpDecision): string {
  if (decision.determining.length > 0) return ` by ${decision.determining.join(', ')}`;
  if (decision.missing.length > 0) return ` since ${decision.missing.join(', ')} is missing`;
  if (decision.errors.length > 0) return `: ${decision.errors[0]!.message}`;
  return ', since no policy applied';
}
