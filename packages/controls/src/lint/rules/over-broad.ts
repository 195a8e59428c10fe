import { articleId } from '../../catalog/lookup.ts';
import { atTag, type ControlRule, type Finding } from '../rule.ts';
import type { TagView } from '../view.ts';

const MOST_POINTS = 5;
const MOST_ARTICLES = 3;

export const overBroad: ControlRule = {
  code: 'ctl/over-broad',
  severity: 'warning',
  summary: `One policy claims more than ${MOST_POINTS} points or ${MOST_ARTICLES} articles of a law.`,
  why: 'One rule rarely serves so many duties; the mapping is more likely a wish than a fact.',
  bad: { controls: ['eu-ai-act:12(1)', 'eu-ai-act:14(1)', 'eu-ai-act:15(4)/1', 'eu-ai-act:26(1)'] },
  good: { controls: ['eu-ai-act:12(1)', 'eu-ai-act:14(1)', 'eu-ai-act:26(1)'] },
  message:
    'this policy claims 4 articles of `eu-ai-act`, and more than 3 are rarely shown by one; split it, or keep those that it shows',
  check: ({ known }) => {
    const ofLaws = known.filter(({ located }) => located.catalog?.structure);
    const frameworks = [...new Set(ofLaws.map(({ located }) => located.framework))];
    return frameworks.flatMap((framework) =>
      checkLaw(
        framework,
        ofLaws.filter(({ located }) => located.framework === framework),
      ),
    );
  },
};

function checkLaw(framework: string, views: readonly TagView[]): readonly Finding[] {
  const points = new Set(views.map(({ located }) => located.id));
  const articles = new Set([...points].map((id) => articleId(id)?.article ?? id.replace(/\(.*/, '')));
  const [count, most, what] =
    articles.size > MOST_ARTICLES
      ? [articles.size, MOST_ARTICLES, 'articles']
      : [points.size, MOST_POINTS, 'points'];
  if (count <= most) return [];
  const claims = `this policy claims ${count} ${what} of \`${framework}\``;
  const todo = 'split it, or keep those that it shows';
  return [atTag(views.at(-1)!.tag, `${claims}, and more than ${most} are rarely shown by one; ${todo}`)];
}
