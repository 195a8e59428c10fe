import { quote } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const badSyntax: ControlRule = {
  code: 'ctl/bad-syntax',
  severity: 'error',
  summary: 'The id is not written as the framework writes it.',
  why: 'It is not found, so that the control is reported without title and grade.',
  bad: { controls: ['eu-ai-act:14.4.e'] },
  good: { controls: ['eu-ai-act:14(4)(e)'] },
  message: '`eu-ai-act:14.4.e` is not how its numbers are written; write `14(4)(e)`',
  check: ({ tags }) =>
    tags.flatMap((view) => {
      const { tag, verdict } = view;
      if (verdict.kind !== 'bad-syntax') return [];
      const todo =
        verdict.meant === null
          ? 'write it as in `14(4)(e)` or `Annex IV(2)(a)`'
          : `write ${quote(verdict.meant)}`;
      return [atTag(tag, `${nameOf(view)} is not how its numbers are written; ${todo}`)];
    }),
};
