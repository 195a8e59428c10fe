import { asBoolean, type Frame } from '../evaluate/index.ts';
import type { Value } from '../values/index.ts';
import { isRule, type RulePlan } from './plan.ts';

/**
 * What a rule gives as a plain CEL value, before anything is made of it: the output of the case that matched, under
 * `aggregate` the list of all outputs; undefined where nothing matched. Throws a `CelFault`.
 */
export function outputOf(rule: RulePlan, frame: Frame): Value | undefined {
  const collected: Value[] = [];
  for (const { condition, content, always } of rule.steps) {
    if (condition && !asBoolean(condition(frame))) continue;
    const value = isRule(content) ? outputOf(content, frame) : content.output(frame);
    if (rule.semantic === 'aggregate') {
      if (value !== undefined) collected.push(value);
    } else if (value !== undefined || !always) return value;
  }
  return rule.semantic === 'aggregate' ? collected : undefined;
}
