import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const notHighRisk: ControlRule = {
  code: 'ctl/not-high-risk',
  severity: 'warning',
  summary: 'A duty of high-risk systems is claimed where the profile names another class.',
  why: 'Other systems may follow it of their own will (Art. 95 has codes of conduct for that), but a report must not show it as a duty.',
  bad: { controls: ['eu-ai-act:14(4)(e)'], profile: { riskClass: 'limited' } },
  good: { controls: ['eu-ai-act:14(4)(e)'], profile: { riskClass: 'high-risk' } },
  message:
    '`eu-ai-act:14(4)(e)` is for high-risk systems, and `profile` says limited; it is followed voluntarily (Art. 95), not as a duty',
  check: ({ known }, { input }) =>
    known.flatMap((view) => {
      if (view.folding.riskClass === null) return [];
      const own = input.context.profile?.riskClass ?? '';
      const what = `${nameOf(view)} is ${view.folding.riskClass}, and \`profile\` says ${own}`;
      return [atTag(view.tag, `${what}; it is followed voluntarily (Art. 95), not as a duty`)];
    }),
};
