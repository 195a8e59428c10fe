import type { EvaluationError, Outcome, Policy, PolicyState, SetDecision } from '@benchbook/model';
import { asBoolean, type Frame } from '../evaluate/index.ts';
import { CelFault, fail, isList, type Value } from '../values/index.ts';
import { type CasePlan, type Hit, isRule, type RulePlan } from './plan.ts';
import { type OutputWords, readVerdict, strictest, type Verdict } from './verdict.ts';

/** No case matched: the set does not apply. */
export const SILENT: SetDecision = Object.freeze({
  outcome: null,
  basis: 'defaulted',
  determining: [],
  reasons: [],
  obligations: [],
  errors: [],
});

/** One walk through a plan. */
export interface Walk {
  readonly frame: Frame;
  readonly words: OutputWords;
  /** The policy whose condition or output is being evaluated: the one that errors name. */
  at: number;
  /** What is seen on the way, by policy; null where nobody looks. */
  readonly states: PolicyState[] | null;
}

/**
 * Evaluates a rule. null: nothing matched. Under `match` the first entry whose condition holds decides; a nested
 * rule that gives nothing ends its parent with nothing, except that an unconditional one lets the next entry
 * try. Under `aggregate` all entries give what they have.
 */
export function walkRule(rule: RulePlan, walk: Walk): readonly Hit[] | null {
  const collected: Hit[] = [];
  for (const step of rule.steps) {
    walk.at = step.policies[0] ?? 0;
    const { content } = step;
    if (step.condition && !asBoolean(step.condition(walk.frame))) {
      if (walk.states && !isRule(content)) walk.states[content.policy] = 'silent';
      continue;
    }
    const hits = isRule(content) ? walkRule(content, walk) : give(content, walk);
    if (rule.semantic === 'aggregate') collected.push(...(hits ?? []));
    else if (hits || !step.always) return hits;
  }
  return rule.semantic === 'aggregate' ? collected : null;
}

/** Evaluates the output of a case. */
export function give(plan: CasePlan, walk: Walk): readonly Hit[] {
  walk.at = plan.policy;
  const hits = plan.constant ? plan.constant.hits : [{ plan, verdict: computeVerdict(plan, walk) }];
  if (walk.states) walk.states[plan.policy] = 'applied';
  return hits;
}

function computeVerdict(plan: CasePlan, walk: Walk): Verdict {
  const value = plan.output(walk.frame);
  const verdict = plan.listed && isList(value) ? joined(value, walk.words) : single(value, walk.words);
  const explanation = plan.explanation ? explain(plan.explanation, walk.frame) : null;
  return explanation === null ? verdict : { ...verdict, reasons: [explanation] };
}

function single(value: Value, words: OutputWords): Verdict {
  const verdict = readVerdict(value, words);
  return typeof verdict === 'string' ? fail(verdict) : verdict;
}

function joined(values: readonly Value[], words: OutputWords): Verdict {
  const verdicts = values.map((value) => single(value, words));
  const outcome = strictest(verdicts.map((verdict) => verdict.outcome));
  return {
    outcome,
    reasons: verdicts.filter((verdict) => verdict.outcome === outcome).flatMap((verdict) => verdict.reasons),
    obligations: verdicts.flatMap((verdict) => verdict.obligations),
  };
}

/** An explanation is beside the decision: one that errs is none. */
function explain(explanation: NonNullable<CasePlan['explanation']>, frame: Frame): string | null {
  try {
    const value = explanation(frame);
    return typeof value === 'string' ? value : null;
  } catch (error) {
    if (error instanceof CelFault && error.kind === 'runtime') return null;
    throw error;
  }
}

/** What the hits come to: the strictest outcome, with the reasons of those that say it and all obligations. */
export function decisionOf(hits: readonly Hit[] | null): SetDecision {
  const [only] = hits ?? [];
  if (!hits || !only) return SILENT;
  if (hits.length === 1 && only.plan.constant) return only.plan.constant.decision;
  const outcome = strictest(hits.map((hit) => hit.verdict.outcome));
  const winners = hits.filter((hit) => hit.verdict.outcome === outcome);
  return {
    outcome,
    basis: 'determined',
    determining: winners.map((hit) => hit.plan.policy),
    reasons: [...new Set(winners.flatMap((hit) => hit.verdict.reasons))],
    obligations: hits.flatMap((hit) => hit.verdict.obligations),
    errors: [],
  };
}

/** The engine gave no answer: CEL ends a whole policy with the first error that nothing absorbs. */
export function failedDecision(fault: CelFault, policy: Policy | undefined): SetDecision {
  const error: EvaluationError = {
    policy: policy?.id ?? null,
    message: fault.message,
    kind: fault.kind,
  };
  const outcome: Outcome = 'indeterminate';
  return { outcome, basis: 'failed', determining: [], reasons: [], obligations: [], errors: [error] };
}
