import { countable } from '../countable.ts';
import { atTag, type ControlRule } from '../rule.ts';

export const disabledRule: ControlRule = {
  code: 'ctl/disabled-rule',
  severity: 'warning',
  summary: 'A policy that names controls cannot change a decision.',
  why: 'A policy that another one always shadows shows nothing. One on trial (audit mode) is told as information: it begins to count when it is enforced.',
  bad: { controls: ['eu-ai-act:14(4)(e)'], exercised: { applied: 3, silent: 9, shadowed: true } },
  good: { controls: ['eu-ai-act:14(4)(e)'], exercised: { applied: 3, silent: 9 } },
  message:
    'another policy always decides before this one, so `eu-ai-act:14(4)(e)` is not evidenced; remove one of the two',
  check: (view) => {
    const { mode, exercised } = view.policy;
    const [first, names] = countable(view);
    if (!first) return [];
    if (mode === 'audit')
      return [
        atTag(first, `this policy is on trial, so ${names} not evidenced until it is enforced`, 'info'),
      ];
    if (!exercised?.shadowed) return [];
    const what = 'another policy always decides before this one';
    return [atTag(first, `${what}, so ${names} not evidenced; remove one of the two`)];
  },
};
