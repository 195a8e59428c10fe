import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const removedId: ControlRule = {
  code: 'ctl/removed-id',
  severity: 'error',
  summary: 'The provision was removed from the framework.',
  why: 'Nobody is bound by it any more; what it said may stand under another number.',
  bad: { controls: ['eu-ai-act:10(5)'] },
  good: { controls: ['eu-ai-act:4a(1)'] },
  message: '`eu-ai-act:10(5)` was removed after edition 2024-07-12; its subject stands in 4a(1) now',
  check: ({ tags }) =>
    tags.flatMap((view) => {
      const { tag, verdict } = view;
      if (verdict.kind !== 'removed') return [];
      const now = verdict.meant === null ? '' : `; its subject stands in ${verdict.meant} now`;
      return [atTag(tag, `${nameOf(view)} was removed after edition ${verdict.from}${now}`)];
    }),
};
