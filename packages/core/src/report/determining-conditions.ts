import type { ConditionOnCall, PolicySet } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { conditionText } from './conditions.ts';
import type { Texts } from './texts.ts';

/** The conditions of one set on one call. */
export function conditionsOnCall(
  set: PolicySet,
  states: readonly ConditionOnCall['state'][],
  texts: Texts,
): ConditionOnCall[] {
  return set.conditions.map((condition, index) => ({
    policy: condition.policy === null ? null : set.policies[condition.policy]!.id,
    file: condition.file,
    range: texts(condition.file).range(condition.range),
    text: conditionText(condition, texts),
    parent: condition.parent,
    state: states[index] ?? 'unreached',
  }));
}

/** Gives the reached conditions of a decision's determining policies; looks once per distinct decision. */
export function determiningConditions(texts: Texts): (decision: PdpDecision) => readonly ConditionOnCall[] {
  const known = new WeakMap<PdpDecision, readonly ConditionOnCall[]>();
  return (decision) => {
    let conditions = known.get(decision);
    if (!conditions) {
      const determining = new Set(decision.determining);
      conditions = decision.answers.flatMap(({ set, answer }) =>
        set.policies.some(({ id }) => determining.has(id))
          ? kept(conditionsOnCall(set, answer.cover().conditions, texts), determining)
          : [],
      );
      known.set(decision, conditions);
    }
    return conditions;
  };
}

/** Parents are counted anew among those kept. */
function kept(all: readonly ConditionOnCall[], policies: ReadonlySet<string>): ConditionOnCall[] {
  const places = new Map<number, number>();
  const reached: ConditionOnCall[] = [];
  all.forEach((condition, index) => {
    if (condition.state === 'unreached' || condition.policy === null || !policies.has(condition.policy))
      return;
    places.set(index, reached.length);
    const parent = condition.parent === null ? null : (places.get(condition.parent) ?? null);
    reached.push({ ...condition, parent });
  });
  return reached;
}
