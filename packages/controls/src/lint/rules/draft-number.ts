import { oneLine, quote } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const draftNumber: ControlRule = {
  code: 'ctl/draft-number',
  severity: 'warning',
  summary: 'The number is that of the draft, before the articles were renumbered.',
  why: 'Articles and tools still quote the numbers of 2021-2023. Nearly all of them are valid numbers of the final text about something else, so that a report names the wrong duty.',
  bad: { controls: ['eu-ai-act:62'] },
  good: { controls: ['eu-ai-act:72(2)', 'eu-ai-act:73(1)'] },
  message:
    '`eu-ai-act:62` is “Measures for providers and deployers, in particular SMEs, including start-ups” in the final text; post-market monitoring is Art. 72, serious-incident reporting is Art. 73',
  check: ({ tags }) =>
    tags.flatMap((view) => {
      const { tag, draft } = view;
      if (!draft || view.verdict.kind === 'bad-syntax') return [];
      const now = draft.finals.map(({ article, topic }) => `${topic} is Art. ${article}`).join(', ');
      if (draft.title !== null)
        return [atTag(tag, `${nameOf(view)} is “${oneLine(draft.title)}” in the final text; ${now}`)];
      const gone = `${nameOf(view)}: ${quote(draft.draft)} is a number of the draft alone; ${now}`;
      return [atTag(tag, gone, 'error')];
    }),
};
