import { countable } from '../countable.ts';
import { atTag, type ControlRule } from '../rule.ts';

export const untestedMapping: ControlRule = {
  code: 'ctl/untested-mapping',
  severity: 'error',
  summary: 'A policy that names controls never applied, in no recorded call and no test.',
  why: 'What never applied shows nothing, so none of its controls is evidenced. Silent where nothing was replayed.',
  bad: { controls: ['eu-ai-act:14(4)(e)'], exercised: { applied: 0, silent: 12 } },
  good: { controls: ['eu-ai-act:14(4)(e)'], exercised: { applied: 3, silent: 9 } },
  message:
    'this policy never applied, so `eu-ai-act:14(4)(e)` is not evidenced; add a recorded call or a test that makes it decide',
  check: (view) => {
    const { exercised } = view.policy;
    const [first, names] = countable(view);
    if (!exercised || exercised.applied > 0 || !first) return [];
    const todo = 'add a recorded call or a test that makes it decide';
    return [atTag(first, `this policy never applied, so ${names} not evidenced; ${todo}`)];
  },
};
