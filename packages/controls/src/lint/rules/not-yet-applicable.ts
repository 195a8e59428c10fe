import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const notYetApplicable: ControlRule = {
  code: 'ctl/not-yet-applicable',
  severity: 'info',
  summary: 'The provision applies only from a later day.',
  why: 'Serving it early is fine; a report for today must not show it as a duty already.',
  bad: { controls: ['eu-ai-act:26(1)'] },
  good: { controls: ['eu-ai-act:50(4)/1'] },
  message: '`eu-ai-act:26(1)` applies from 2027-12-02 (2028-08-02 for systems of Annex I)',
  check: ({ known }, { date }) =>
    known.flatMap((view) => {
      const { appliesFrom, appliesNote, folded } = view.control;
      if (appliesFrom === null || appliesFrom <= date || folded !== null) return [];
      const note = appliesNote ? ` (${appliesNote})` : '';
      return [atTag(view.tag, `${nameOf(view)} applies from ${appliesFrom}${note}`)];
    }),
};
