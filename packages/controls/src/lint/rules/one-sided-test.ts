import { countable } from '../countable.ts';
import { atTag, type ControlRule } from '../rule.ts';

export const oneSidedTest: ControlRule = {
  code: 'ctl/one-sided-test',
  severity: 'warning',
  summary: 'A policy that names controls applied every time it was reached.',
  why: 'Nothing shows that it also stays silent where it should: a policy that always applies would look the same. Silent where nothing was replayed.',
  bad: { controls: ['eu-ai-act:14(4)(e)'], exercised: { applied: 3, silent: 0 } },
  good: { controls: ['eu-ai-act:14(4)(e)'], exercised: { applied: 3, silent: 9 } },
  message:
    'this policy applied every time it was reached, so `eu-ai-act:14(4)(e)` is not evidenced; add a call that it must leave alone',
  check: (view) => {
    const { exercised } = view.policy;
    const [first, names] = countable(view);
    if (!exercised || exercised.applied === 0 || exercised.silent > 0 || !first) return [];
    const todo = 'add a call that it must leave alone';
    return [
      atTag(first, `this policy applied every time it was reached, so ${names} not evidenced; ${todo}`),
    ];
  },
};
