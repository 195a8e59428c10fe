import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const duplicate: ControlRule = {
  code: 'ctl/duplicate',
  severity: 'info',
  summary: 'The policy names the same control twice.',
  why: 'It counts once. Two mentions are two places to keep right.',
  bad: { controls: ['eu-ai-act:14(1)', 'eu-ai-act@2026-07-27:14(1)'] },
  good: { controls: ['eu-ai-act:14(1)'] },
  message: '`eu-ai-act:14(1)` is named twice; remove one',
  check: ({ tags }) => {
    const seen = new Set<string>();
    return tags.flatMap((view) => {
      if (!seen.has(view.control.ref)) {
        seen.add(view.control.ref);
        return [];
      }
      return [atTag(view.tag, `${nameOf(view)} is named twice; remove one`)];
    });
  },
};
