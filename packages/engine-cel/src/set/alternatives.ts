import type { Policy, SetDecision } from '@benchbook/model';
import { asBoolean } from '../evaluate/index.ts';
import { CelFault } from '../values/index.ts';
import { decisionOf, failedDecision, give, type Walk } from './decide.ts';
import { type Hit, isRule, type RulePlan, type StepPlan } from './plan.ts';

/** How a rule may come out: with hits, with nothing (null), or with an error. */
type Way = readonly Hit[] | null | CelFaultAt;

interface CelFaultAt {
  readonly fault: CelFault;
  readonly at: number;
}

/** More ways than this are not told apart one by one. */
const MAX_WAYS = 64;

/** Every decision possible where each policy of `open` may or may not apply. */
export function possibleDecisions(
  root: RulePlan,
  open: ReadonlySet<number>,
  walk: Walk,
  policies: readonly Policy[],
): SetDecision[] {
  return waysOfRule(root, open, walk).map((way) =>
    isFault(way) ? failedDecision(way.fault, policies[way.at]) : decisionOf(way),
  );
}

function isFault(way: Way): way is CelFaultAt {
  return way !== null && 'fault' in way;
}

function waysOfRule(rule: RulePlan, open: ReadonlySet<number>, walk: Walk): Way[] {
  return rule.semantic === 'aggregate' ? waysOfAggregate(rule, open, walk) : waysOfMatch(rule, open, walk);
}

/** First match: at each open entry one way ends here, another goes on. */
function waysOfMatch(rule: RulePlan, open: ReadonlySet<number>, walk: Walk): Way[] {
  const ways: Way[] = [];
  for (const step of rule.steps) {
    const condition = conditionOf(step, open, walk);
    if (isFaultOnly(condition)) return [...ways, condition];
    if (condition === 'false') continue;
    const inner = waysOfStep(step, open, walk);
    ways.push(...(step.always ? inner.filter((way) => way !== null) : inner));
    const mayGoOn = condition === 'open' || (step.always && inner.includes(null));
    if (!mayGoOn) return bounded(ways);
  }
  return bounded([...ways, null]);
}

/** Aggregate: every entry gives or does not; ways of the entries multiply. */
function waysOfAggregate(rule: RulePlan, open: ReadonlySet<number>, walk: Walk): Way[] {
  let ways: Way[] = [[]];
  for (const step of rule.steps) {
    const condition = conditionOf(step, open, walk);
    if (isFaultOnly(condition)) return bounded([...ways.filter(isFault), condition]);
    if (condition === 'false') continue;
    const inner = waysOfStep(step, open, walk);
    const parts: Way[] = condition === 'open' ? [[], ...inner] : inner;
    ways = bounded(
      ways.flatMap((way): Way[] =>
        isFault(way)
          ? [way]
          : parts.map((part) => (isFault(part) ? part : [...(way ?? []), ...(part ?? [])])),
      ),
    );
  }
  return ways;
}

type ConditionWay = 'true' | 'false' | 'open' | CelFaultAt;

function isFaultOnly(condition: ConditionWay): condition is CelFaultAt {
  return typeof condition === 'object';
}

function conditionOf(step: StepPlan, open: ReadonlySet<number>, walk: Walk): ConditionWay {
  if (!step.condition) return isRule(step.content) || !isOpen(step, open) ? 'true' : 'open';
  if (isOpen(step, open)) return 'open';
  walk.at = step.policies[0] ?? 0;
  try {
    return asBoolean(step.condition(walk.frame)) ? 'true' : 'false';
  } catch (error) {
    return faultOf(error, walk);
  }
}

/** A condition is open where all that hangs on it is: what it reads, each of them reads. */
function isOpen(step: StepPlan, open: ReadonlySet<number>): boolean {
  return step.policies.length > 0 && step.policies.every((policy) => open.has(policy));
}

function waysOfStep(step: StepPlan, open: ReadonlySet<number>, walk: Walk): Way[] {
  if (isRule(step.content)) return waysOfRule(step.content, open, walk);
  try {
    return [give(step.content, walk)];
  } catch (error) {
    return [faultOf(error, walk)];
  }
}

function faultOf(error: unknown, walk: Walk): CelFaultAt {
  if (error instanceof CelFault) return { fault: error, at: walk.at };
  throw error;
}

/** Keeps one way for each outcome and set of policies; beyond the limit, one for each outcome. */
function bounded(ways: readonly Way[]): Way[] {
  const distinct = distinctBy(ways, (way) => {
    if (way === null) return 'none';
    if (isFault(way)) return `fault ${way.at}`;
    return way.map((hit) => hit.plan.policy).join(' ');
  });
  if (distinct.length <= MAX_WAYS) return distinct;
  return distinctBy(distinct, (way) => {
    if (way === null) return 'none';
    return isFault(way) ? 'fault' : String(decisionOf(way).outcome);
  });
}

function distinctBy(ways: readonly Way[], key: (way: Way) => string): Way[] {
  const seen = new Map<string, Way>();
  for (const way of ways) {
    const text = key(way);
    if (!seen.has(text)) seen.set(text, way);
  }
  return [...seen.values()];
}
