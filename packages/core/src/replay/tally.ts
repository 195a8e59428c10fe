import {
  type DecisionReport,
  type EvaluationError,
  OUTCOMES,
  type Outcome,
  type ReplayFinding,
  type ReplayReport,
} from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { type DecidedCall, decisionReport, sourceOf } from './decide-calls.ts';

type Counts = { [outcome in Outcome]: number };

/** What one policy did over all calls. */
export interface PolicyCounts {
  applied: number;
  determined: number;
  wouldDetermine: number;
  errors: number;
}

/** What one decision adds to. */
interface DecisionPart {
  readonly determining: readonly PolicyCounts[];
  readonly applied: PolicyCounts[];
  readonly erring: PolicyCounts[];
}

/** Most distinct tools, error messages and missed expectations that a report lists. */
const MAX_TOOLS = 10_000;
const MAX_ERRORS = 1_000;
const MAX_MISSED = 1_000;
/** Distinct decisions of which it is remembered what they add to. */
const MAX_PARTS = 4_000;

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
  };
}

/** `keepDecisions`: an entry per call. */
export function tally(keepDecisions: boolean): Tally {
  const outcomes = noCounts();
  const expectations = { met: 0, missed: 0 };
  const policies = new Map<string, PolicyCounts>();
  const missed: ReplayFinding[] = [];
  const tools = new Map<string, { calls: number; outcomes: Counts }>();
  const errors = new Map<string, { error: EvaluationError; count: number; firstCall: string }>();
  const wouldChange = new Map<string, number>();
  const decisions: DecisionReport[] = [];
  const parts = new Map<PdpDecision, DecisionPart>();
  let pending: { entry: DecisionReport; session: number; seq: number }[] = [];
  let calls = 0;
  let sessions = 0;
  let withErrors = 0;
  let firstDivergences = 0;

  function countsOf(id: string): PolicyCounts {
    let counts = policies.get(id);
    if (!counts) {
      counts = { applied: 0, determined: 0, wouldDetermine: 0, errors: 0 };
      policies.set(id, counts);
    }
    return counts;
  }

  /** The counts that a decision adds to; the same decision is met again and again. */
  function partOf(decision: PdpDecision): DecisionPart {
    const known = decision.remembered ? parts.get(decision) : undefined;
    if (known) return known;
    const part: DecisionPart = { determining: decision.determining.map(countsOf), applied: [], erring: [] };
    for (const { set, answer } of decision.answers) {
      answer.observe().states.forEach((state, index) => {
        if (state === 'applied') part.applied.push(countsOf(set.policies[index]!.id));
        else if (state === 'error') part.erring.push(countsOf(set.policies[index]!.id));
      });
    }
    if (decision.remembered) {
      if (parts.size >= MAX_PARTS) parts.clear();
      parts.set(decision, part);
    }
    return part;
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
      if (decided.firstOfSession) sessions++;
      if (decided.diverges) firstDivergences++;
      outcomes[decision.outcome]++;
      if (decision.errors.length > 0 || wouldBe.errors.length > 0) {
        withErrors++;
        countErrors(wouldBe.errors.length >= decision.errors.length ? wouldBe : decision, call.id);
      }
      countTool(call.tool.name, decision.outcome);
      countExpectation(decided);
      const part = partOf(decision);
      for (const policy of part.determining) policy.determined++;
      const wouldPart = wouldBe === decision ? part : partOf(wouldBe);
      for (const policy of wouldPart.determining) policy.wouldDetermine++;
      for (const policy of wouldPart.applied) policy.applied++;
      for (const policy of wouldPart.erring) policy.errors++;
      if (wouldBe.outcome !== decision.outcome) {
        const kind = `${decision.outcome}->${wouldBe.outcome}`;
        wouldChange.set(kind, (wouldChange.get(kind) ?? 0) + 1);
      }
      if (keepDecisions) {
        pending.push({ entry: decisionReport(decided), session: decided.sessionNumber, seq: call.seq });
      }
    },
    endRecording() {
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

/** By UTF-16 code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
