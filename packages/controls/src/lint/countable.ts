import type { ControlTag } from '@benchbook/model';
import { listed } from '../text/quote.ts';
import { nameOf } from './rule.ts';
import type { PolicyView } from './view.ts';

/** The first tag that could count as evidenced, and all such by name with their verb; empty where none could. */
export function countable({ known }: PolicyView): [] | [first: ControlTag, names: string] {
  const views = known.filter(({ control }) => control.grade !== 'context');
  if (views.length === 0) return [];
  const names = [...new Set(views.map(nameOf))];
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return [views[0]!.tag, `${listed(shown, 'and')} ${names.length === 1 ? 'is' : 'are'}`];
}
