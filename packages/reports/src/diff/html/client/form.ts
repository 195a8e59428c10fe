import { count } from '../../../format/numbers.ts';
import { fillChoice } from '../../../html/client/choice.ts';
import { byId } from '../../../html/client/dom.ts';
import type { FlipsData } from '../data.ts';
import type { Answer, Filter } from './filter.ts';

/** The filters of the page as a form. */
export interface FilterForm {
  read(): Filter;
  /** Writes beside each choice how many flips it has. */
  tell(answer: Answer): void;
}

/** Fills the choices in and shows the form; `changed` is called on every change. */
export function createForm(data: FlipsData, changed: () => void): FilterForm {
  const form = byId('flips-filter') as HTMLFormElement;
  const policies = fillChoice(
    form,
    'policy',
    data.policies.map(([id]) => id),
  );
  const tools = fillChoice(form, 'tool', data.tools);
  const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=kind]')];
  form.hidden = false;
  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  byId('flips-clear').addEventListener('click', () => {
    form.reset();
    changed();
  });
  return {
    read: () => ({
      kinds: new Set(boxes.filter((box) => box.checked).map((box) => Number(box.value))),
      policy: field('policy') === '' ? null : Number(field('policy')),
      tool: field('tool') === '' ? null : Number(field('tool')),
      mark: field('mark'),
      words: field('text').toLowerCase().split(/\s+/).filter(Boolean),
    }),
    tell(answer) {
      answer.kinds.forEach((flips, index) => {
        form.querySelector(`[data-kind="${index}"]`)!.textContent = count(flips);
      });
      policies(answer.policies);
      tools(answer.tools);
    },
  };
}
