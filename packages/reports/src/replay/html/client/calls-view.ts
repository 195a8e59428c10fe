import { count, counted } from '../../../format/numbers.ts';
import type { CallsData } from '../calls/data.ts';
import { decodeCall } from '../calls/decode.ts';
import { callRow } from '../calls/row.ts';
import { byId } from './dom.ts';

const PAGE = 50;

/** Calls that are printed: more would be a book. */
const PRINTED = 500;

/** The list of calls, in pages. */
export interface CallsView {
  /** Shows these calls from their first page on. */
  show(calls: readonly number[]): void;
  /** Turns to the page that holds the call, if it is among those shown. */
  reveal(call: number): boolean;
  /** Shows as much as is to be printed, then again one page. */
  print(printing: boolean): void;
}

/** Takes the list over. */
export function createCallsView(data: CallsData): CallsView {
  const list = byId('calls-list');
  const pages = byId('calls-pages');
  let shown: readonly number[] = [];
  let page = 0;
  let size = PAGE;

  function render(): void {
    const last = Math.max(0, Math.ceil(shown.length / size) - 1);
    page = Math.max(0, Math.min(page, last));
    const rows = shown
      .slice(page * size, (page + 1) * size)
      .map((index) => callRow(decodeCall(data, index)).text);
    list.innerHTML = rows.join('');
    byId('calls-status').textContent =
      shown.length === data.calls.length
        ? counted(shown.length, 'call')
        : `${count(shown.length)} of ${counted(data.calls.length, 'call')}`;
    byId('calls-page').textContent = `page ${count(page + 1)} of ${count(last + 1)}`;
    pages.hidden = last === 0;
    for (const button of pages.querySelectorAll('button'))
      button.disabled = /first|previous/.test(button.dataset.page ?? '') ? page === 0 : page === last;
  }

  pages.addEventListener('click', (event) => {
    const turn = (event.target as HTMLElement).dataset.page;
    if (turn === undefined) return;
    page = turn === 'first' ? 0 : turn === 'last' ? Infinity : turn === 'next' ? page + 1 : page - 1;
    render();
    byId('calls').scrollIntoView();
  });

  return {
    show(calls) {
      shown = calls;
      page = 0;
      render();
    },
    reveal(call) {
      const at = shown.indexOf(call);
      if (at === -1) return false;
      page = Math.floor(at / size);
      render();
      return true;
    },
    print(printing) {
      const first = page * size;
      size = printing ? PRINTED : PAGE;
      page = Math.floor(first / size);
      render();
    },
  };
}
