import type { PolicyState, SetDecision } from '@benchbook/model';
import { type Combined, combineRules, type RuleVerdict } from '../decide/combine.ts';
import { readVerdict, type Verdict } from '../decide/verdict.ts';
import type { DecisionRule } from '../sets/choose.ts';
import type { RegoPolicy } from '../sets/policies.ts';

/** More combinations than this are not told apart by rule: such a set is taken as able to say anything. */
const MAX_COMBINATIONS = 256;

const SILENT: Verdict = { says: null, reasons: [], obligations: [] };

/**
 * Every decision that could come out if each open policy may or may not apply and the others stay as they were seen.
 * What an open policy would say beyond its outcome cannot be known: reasons are left out.
 */
export function alternativesOf(
  rules: readonly DecisionRule[],
  policies: readonly RegoPolicy[],
  states: readonly PolicyState[],
  values: readonly Verdict[],
  open: ReadonlySet<number>,
): Combined[] {
  const options = rules.map((rule, index) =>
    optionsOf(rule, index, policies, states, values[index] ?? SILENT, open),
  );
  let combinations: Verdict[][] = [[]];
  for (const choice of options) {
    if (combinations.length * choice.length > MAX_COMBINATIONS) return anything();
    combinations = combinations.flatMap((verdicts) => choice.map((verdict) => [...verdicts, verdict]));
  }
  return combinations.map((verdicts) =>
    combineRules(verdicts.map((verdict, index): RuleVerdict => ({ role: rules[index]!.role, verdict }))),
  );
}

function optionsOf(
  rule: DecisionRule,
  index: number,
  policies: readonly RegoPolicy[],
  states: readonly PolicyState[],
  value: Verdict,
  open: ReadonlySet<number>,
): readonly Verdict[] {
  const mine = policies.flatMap((policy, at) => (policy.rule === index ? [at] : []));
  const free = mine.filter((at) => open.has(at));
  if (free.length === 0) return [value];
  const held = mine.some((at) => !open.has(at) && states[at] === 'applied');
  const off = held ? value : fallbackOf(rule);
  const on = free.flatMap((at) => couldSay(rule, policies[at]!));
  return distinct([off, ...on]);
}

/** What the rule says when no clause of it applies. */
function fallbackOf(rule: DecisionRule): Verdict {
  return rule.fallback === undefined ? SILENT : readVerdict(rule.role, rule.fallback as never);
}

function couldSay(rule: DecisionRule, policy: RegoPolicy): Verdict[] {
  if (rule.role === 'allow') return [{ ...SILENT, says: 'allow' }];
  if (rule.role === 'forbid') return [{ ...SILENT, says: 'deny' }];
  if (rule.role === 'escalate') return [{ ...SILENT, says: 'escalate' }];
  if (rule.role === 'warn') return [SILENT];
  const constant = rule.clauses[policy.clause]?.info.value;
  if (constant !== undefined) return [readVerdict(rule.role, constant as never)];
  return (['allow', 'deny', 'escalate'] as const).map((says) => ({ ...SILENT, says }));
}

function distinct(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(
    (verdict, index) => verdicts.findIndex((other) => other.says === verdict.says) === index,
  );
}

function anything(): Combined[] {
  const outcomes: readonly SetDecision['outcome'][] = ['allow', 'deny', 'escalate'];
  return outcomes.map((outcome) => ({
    outcome,
    basis: 'determined',
    rules: [],
    reasons: [],
    obligations: [],
  }));
}
