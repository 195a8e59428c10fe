/** What runs in the page: filters, pages of calls, links to calls, opening what is to be printed. */

import { byId } from '../../../html/client/dom.ts';
import { createPagedList } from '../../../html/client/paged-list.ts';
import { openForPrint } from '../../../html/client/print.ts';
import type { CallsData } from '../calls/data.ts';
import { decodeCall } from '../calls/decode.ts';
import { callRow } from '../calls/row.ts';
import { createFilter } from './filter.ts';
import { createForm } from './form.ts';

const data: CallsData = JSON.parse(byId('page-data').textContent ?? '');
const view = data.calls.length === 0 ? undefined : startCalls();

openForPrint((printing) => view?.print(printing));
addEventListener('hashchange', () => follow());
follow();

function startCalls() {
  const filter = createFilter(data);
  const list = createPagedList({
    id: 'calls',
    noun: 'call',
    total: data.calls.length,
    row: (index) => callRow(decodeCall(data, index)).text,
  });
  const form = createForm(data, update);
  update();
  return {
    ...list,
    reveal(call: number) {
      if (list.reveal(call)) return;
      form.clear();
      update();
      list.reveal(call);
    },
  };

  function update(): void {
    const answer = filter(form.read());
    form.tell(answer);
    list.show(answer.calls);
  }
}

/** Goes where the address points to, even into what is folded or on another page. */
function follow(): void {
  const target = /^#(c(\d+)|[pf][\d-]+)$/.exec(location.hash);
  if (!target) return;
  if (target[2] !== undefined) view?.reveal(Number(target[2]));
  const element = document.getElementById(target[1]!);
  if (!element) return;
  for (let at: HTMLElement | null = element; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  const details = element.querySelector(':scope > details');
  if (details instanceof HTMLDetailsElement) details.open = true;
  element.scrollIntoView({ block: 'center' });
}
