import { quote } from '../../text/quote.ts';
import { atTag, type ControlRule } from '../rule.ts';

export const unknownFramework: ControlRule = {
  code: 'ctl/unknown-framework',
  severity: 'error',
  summary: 'No catalog has this framework.',
  why: 'A control that no catalog knows is reported with no title and no grade, and counts for nothing.',
  bad: { controls: ['eu_aiact:14(4)(e)'] },
  good: { controls: ['eu-ai-act:14(4)(e)'] },
  message: 'no catalog has the framework `eu-aiact`; did you mean `eu-ai-act`?',
  check: ({ tags }) =>
    tags.flatMap(({ tag, verdict, located }) => {
      if (verdict.kind !== 'unknown-framework') return [];
      const what = `no catalog has the framework ${quote(located.framework)}`;
      if (verdict.meant !== null) return [atTag(tag, `${what}; did you mean ${quote(verdict.meant)}?`)];
      // Any annotation may look like a control: without a name near by, the author may mean another thing.
      const todo = 'add its clauses under `catalogs` in benchbook.yaml, or name it otherwise';
      return [atTag(tag, `${what}; ${todo}`, 'warning')];
    }),
};
