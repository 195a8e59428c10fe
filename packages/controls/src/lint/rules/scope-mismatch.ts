import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const scopeMismatch: ControlRule = {
  code: 'ctl/scope-mismatch',
  severity: 'warning',
  summary: 'The provision is for a narrower class of systems than the profile names.',
  why: 'It binds only systems of that class; the report folds it away, since the profile does not say that this is one.',
  bad: { controls: ['eu-ai-act:14(5)'], profile: { riskClass: 'high-risk' } },
  good: { controls: ['eu-ai-act:14(5)'], profile: { riskClass: 'annex-iii-1a' } },
  message:
    '`eu-ai-act:14(5)` is for remote biometric identification, which `profile` does not name; add `annex-iii-1a` to its riskClass or drop the control',
  check: ({ known }) =>
    known.flatMap((view) => {
      if (view.folding.scope === null) return [];
      const scope = view.located.found?.provision?.scope ?? 'high-risk';
      const todo = `add \`${scope}\` to its riskClass or drop the control`;
      const what = `${nameOf(view)} is ${view.folding.scope}, which \`profile\` does not name`;
      return [atTag(view.tag, `${what}; ${todo}`)];
    }),
};
