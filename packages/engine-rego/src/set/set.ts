import type {
  EvaluationError,
  Observation,
  PolicySet,
  PolicyState,
  PreparedRequests,
  SetDecision,
} from '@benchbook/model';
import { combineRules, type RuleVerdict } from '../decide/combine.ts';
import { readVerdict, type Verdict } from '../decide/verdict.ts';
import type { Asked, Lane } from '../lanes/lane.ts';
import type { RegoRequest, RegoRequests } from '../request/requests.ts';
import type { DecisionRule } from '../sets/choose.ts';
import type { RegoPolicy } from '../sets/policies.ts';
import { alternativesOf } from './alternatives.ts';
import { type ClauseObserver, createClauseObserver } from './clauses.ts';
import type { Coverage } from './coverage.ts';
import { rulesOf } from './entrypoints.ts';
import { type ErrorTeller, failedDecision } from './errors.ts';

/** What a set is made from. */
export interface SetParts {
  readonly id: string;
  readonly digest: string;
  readonly reads: readonly string[];
  readonly rules: readonly DecisionRule[];
  readonly policies: readonly RegoPolicy[];
  /** Its number in the program, and the number of its first clause there. */
  readonly number: number;
  readonly firstClause: number;
  readonly lane: Lane;
  readonly errors: ErrorTeller;
  readonly coverage: Coverage;
  /** Requests from facts; told each time, so that a lane can be made once it pays. */
  prepare(facts: Parameters<PolicySet['prepare']>[0]): RegoRequests;
}

/** A set with the place of each policy among its rules. */
export interface RegoSet extends PolicySet {
  readonly policies: readonly RegoPolicy[];
}

/** One Rego entrypoint, or the decision rules of one package. */
export function createSet(parts: SetParts): RegoSet {
  const { rules, policies, lane, errors } = parts;
  const observer = createClauseObserver(lane, parts.number, rules, parts.firstClause);
  const entrypoint = rulesOf(parts.number);

  function ask(request: RegoRequest): { readonly asked: Asked; readonly verdicts: readonly RuleVerdict[] } {
    const asked = lane.ask(entrypoint, request);
    const verdicts = rules.map(({ role }, index) => ({
      role,
      verdict: readVerdict(role, member(asked.value, index)),
    }));
    return { asked, verdicts };
  }

  function decide(requests: PreparedRequests, row: number): SetDecision {
    const request = rowOf(requests, row);
    const { asked, verdicts } = ask(request);
    const absorbed = asked.errors.map(errors.tell);
    if (asked.failed)
      return failedDecision(
        errors.fail(asked.failed, () => runaway(observer, rules, request)),
        absorbed,
      );
    const combined = combineRules(verdicts);
    return {
      outcome: combined.outcome,
      basis: combined.basis,
      determining: combined.rules.flatMap((rule) => appliedOf(rule, request)).sort((a, b) => a - b),
      reasons: combined.reasons,
      obligations: combined.obligations,
      errors: [...absorbed, ...wrongTypes(verdicts, request)],
    };
  }

  /** The policies of a rule that applied. A rule of one clause that says something can only say so by that clause. */
  function appliedOf(rule: number, request: RegoRequest): number[] {
    const mine = policies.flatMap((policy, index) => (policy.rule === rule ? [index] : []));
    const byDefault = rules[rule]!.fallback !== undefined && rules[rule]!.fallback !== false;
    if (mine.length === 1 && !byDefault) return mine;
    const states = observer.states(rule, request);
    return mine.filter((index) => states[policies[index]!.clause] === 'applied');
  }

  function wrongTypes(verdicts: readonly RuleVerdict[], request: RegoRequest): EvaluationError[] {
    return verdicts.flatMap(({ verdict }, rule) => {
      if (verdict.wrong === undefined) return [];
      const states = observer.states(rule, request);
      const at = policies.findIndex((policy) => policy.rule === rule && states[policy.clause] === 'error');
      const name = rules[rule]!.path.at(-1);
      return [
        {
          policy: policies[at]?.id ?? null,
          message: `\`${name}\` ${verdict.wrong}`,
          kind: 'runtime' as const,
        },
      ];
    });
  }

  function observe(requests: PreparedRequests, row: number): Observation {
    const request = rowOf(requests, row);
    const states: PolicyState[] = policies.map(() => 'unreached');
    rules.forEach((_, rule) => {
      const seen = observer.states(rule, request);
      policies.forEach((policy, index) => {
        if (policy.rule === rule) states[index] = seen[policy.clause] ?? 'unreached';
      });
    });
    return { states };
  }

  function alternatives(
    requests: PreparedRequests,
    row: number,
    open: readonly number[],
  ): readonly SetDecision[] {
    const own = decide(requests, row);
    if (open.length === 0 || own.basis === 'failed') return [own];
    const values: readonly Verdict[] = ask(rowOf(requests, row)).verdicts.map(({ verdict }) => verdict);
    const { states } = observe(requests, row);
    const others = alternativesOf(rules, policies, states, values, new Set(open))
      .filter(({ outcome, basis }) => outcome !== own.outcome || basis !== own.basis)
      .map(({ outcome, basis, obligations }): SetDecision => {
        return { outcome, basis, determining: [], reasons: [], obligations, errors: [] };
      });
    return [own, ...distinctDecisions(others)];
  }

  return {
    id: parts.id,
    language: 'rego',
    policies,
    conditions: parts.coverage.conditions,
    statements: parts.coverage.statements,
    digest: parts.digest,
    reads: parts.reads,
    canAllow: rules.some(({ role }) => role === 'allow' || role === 'decision' || role === 'answer'),
    prepare: (facts) => parts.prepare(facts),
    decide,
    observe,
    cover: (requests, row) => parts.coverage.of(rowOf(requests, row)),
    alternatives,
  };
}

function rowOf(requests: PreparedRequests, row: number): RegoRequest {
  return (requests as RegoRequests).rows[row]!;
}

function member(value: Asked['value'], index: number): Asked['value'] {
  const key = String(index);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, Asked['value']>)[key];
}

/** The policy that a step budget stops, asked rule by rule. */
function runaway(
  observer: ClauseObserver,
  rules: readonly DecisionRule[],
  request: RegoRequest,
): { rule: number; clause: number } | undefined {
  for (let rule = 0; rule < rules.length; rule++) {
    const clause = observer.runaway(rule, request);
    if (clause !== undefined) return { rule, clause };
  }
  return undefined;
}

function distinctDecisions(decisions: readonly SetDecision[]): SetDecision[] {
  const seen = new Map(decisions.map((decision) => [`${decision.outcome} ${decision.basis}`, decision]));
  return [...seen.values()];
}
