import { atTag, type ControlRule, nameOf } from '../rule.ts';
import { stopsShort } from './article-only.ts';
import { isNoControl } from './not-a-control.ts';

export const contextOnly: ControlRule = {
  code: 'ctl/context-only',
  severity: 'info',
  summary: 'The provision is of grade `context`: a policy alone never shows it.',
  why: 'It stays in the report as referenced, and never counts as evidenced, whatever the policy does.',
  bad: { controls: ['eu-ai-act:13(2)'] },
  good: { controls: ['eu-ai-act:13(1)'] },
  message:
    '`eu-ai-act:13(2)` (Instructions for use supplied) is of grade context: it is reported as referenced and never as evidenced',
  check: ({ known }) =>
    known.flatMap((view) => {
      if (view.control.grade !== 'context' || isNoControl(view) || stopsShort(view)) return [];
      const name = `${nameOf(view)} (${view.control.title})`;
      const what = 'is of grade context: it is reported as referenced and never as evidenced';
      return [atTag(view.tag, `${name} ${what}`)];
    }),
};
