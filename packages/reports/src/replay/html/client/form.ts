import { count } from '../../../format/numbers.ts';
import { fillChoice } from '../../../html/client/choice.ts';
import { byId } from '../../../html/client/dom.ts';
import type { CallsData } from '../calls/data.ts';
import type { Answer, Filter } from './filter.ts';

/** Session names that are offered while typing. */
const OFFERED = 500;

/** The filters of the page as a form. */
export interface FilterForm {
  read(): Filter;
  /** Writes beside each choice how many calls it has. */
  tell(answer: Answer): void;
  /** Back to the first values; `changed` is not called. */
  clear(): void;
}

/** Fills the choices in and shows the form; `changed` is called on every change. */
export function createForm(data: CallsData, changed: () => void): FilterForm {
  const form = byId('calls-filter') as HTMLFormElement;
  const tools = fillChoice(form, 'tool', data.tools);
  const policies = fillChoice(form, 'policy', [...data.policies.map(([id]) => id), '(no policy applied)']);
  const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=outcome]')];
  byId('calls-sessions').append(...data.sessions.slice(0, OFFERED).map((name) => new Option(name, name)));
  form.hidden = false;
  form.addEventListener('input', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  byId('calls-clear').addEventListener('click', () => {
    form.reset();
    changed();
  });

  return {
    read() {
      const policy = field('policy');
      return {
        outcomes: new Set(boxes.filter((box) => box.checked).map((box) => Number(box.value))),
        tool: field('tool') === '' ? null : Number(field('tool')),
        policy: policy === '' ? null : Number(policy) === data.policies.length ? -1 : Number(policy),
        session: field('session').trim().toLowerCase(),
        mark: field('mark'),
        words: field('text').toLowerCase().split(/\s+/).filter(Boolean),
      };
    },
    tell(answer) {
      answer.outcomes.forEach((calls, index) => {
        form.querySelector(`[data-outcome="${index}"]`)!.textContent = count(calls);
      });
      tools(answer.tools);
      policies(answer.policies);
    },
    clear() {
      form.reset();
    },
  };
}
