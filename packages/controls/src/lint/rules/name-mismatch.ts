import type { Provision } from '../../catalog/catalog.ts';
import { oneLine } from '../../text/quote.ts';
import { similarity } from '../../text/words.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

/** Titles that share less than this are about different things. */
const ALIKE = 0.34;
/** Titles that share this much are the same. */
const SAME = 0.6;

export const nameMismatch: ControlRule = {
  code: 'ctl/name-mismatch',
  severity: 'warning',
  summary: 'The name beside the id is not what the catalog calls it.',
  why: 'Either the number or the name is wrong. Readers trust the name, reports the number.',
  bad: { controls: ['owasp-asi:ASI05 "Memory Poisoning"'] },
  good: { controls: ['owasp-asi:ASI06 "Memory Poisoning"'] },
  message:
    '`owasp-asi:ASI05` is Unexpected Code Execution (RCE), not “Memory Poisoning”, which is ASI06 (Memory & Context Poisoning)',
  check: ({ known }) =>
    known.flatMap((view) => {
      if (!isMisnamed(view)) return [];
      const label = oneLine(view.tag.label ?? '');
      const other = namedSo(view, label);
      const which = other ? `, which is ${other.id} (${other.title})` : '';
      return [atTag(view.tag, `${nameOf(view)} is ${view.control.title}, not “${label}”${which}`)];
    }),
};

/** The label is the name of something else, as far as names can tell. */
export function isMisnamed(view: TagView): boolean {
  const label = oneLine(view.tag.label ?? '');
  if (label === '') return false;
  const { found, catalog } = view.located;
  const names = [
    view.control.title,
    ...(found?.provision?.aliases ?? []),
    ...(found?.article?.title ? [found.article.title] : []),
    ...(catalog?.ownTitles ? [view.control.summary] : []),
  ];
  if (names.some((name) => similarity(name, label) >= ALIKE)) return false;
  // A title of ours need not be known to anybody: there, only the name of another provision is a contradiction.
  return !catalog?.ownTitles || namedSo(view, label) !== undefined;
}

/** The one other provision of the edition that goes by this name. */
export function namedSo({ located }: TagView, label: string): Provision | undefined {
  const { catalog, edition, id } = located;
  if (!catalog || edition === null) return undefined;
  const scored = catalog.provisions
    .filter((one) => one.id !== id && (one.editions ?? catalog.editions).includes(edition))
    .map((one) => ({
      one,
      score: Math.max(...[one.title, ...(one.aliases ?? [])].map((name) => similarity(name, label))),
    }))
    .filter(({ score }) => score >= SAME)
    .sort((a, b) => b.score - a.score);
  return scored.length === 1 || (scored[0] && scored[0].score > scored[1]!.score)
    ? scored[0]?.one
    : undefined;
}
