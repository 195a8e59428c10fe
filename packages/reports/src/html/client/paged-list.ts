import { count, counted } from '../../format/numbers.ts';
import { byId } from './dom.ts';

const PAGE = 50;

/** Entries that are printed: more would be a book. */
const PRINTED = 500;

/** A list of numbered entries, in pages. */
export interface PagedList {
  /** Shows these entries from their first page on. */
  show(entries: readonly number[]): void;
  /** Turns to the page that holds the entry, if it is among those shown. */
  reveal(entry: number): boolean;
  /** Shows as much as is to be printed, then again one page. */
  print(printing: boolean): void;
}

/** What a list is made of. */
export interface ListSource {
  /** Names the elements that the list takes over: `calls` has `calls-list`, `calls-status` and so on. */
  readonly id: string;
  /** What an entry is called. */
  readonly noun: string;
  /** Entries of the whole page. */
  readonly total: number;
  /** An entry as HTML. */
  readonly row: (entry: number) => string;
}

/** Takes the list over. */
export function createPagedList({ id, noun, total, row }: ListSource): PagedList {
  const list = byId(`${id}-list`);
  const pages = byId(`${id}-pages`);
  let shown: readonly number[] = [];
  let page = 0;
  let size = PAGE;

  function render(): void {
    const last = Math.max(0, Math.ceil(shown.length / size) - 1);
    page = Math.max(0, Math.min(page, last));
    list.innerHTML = shown
      .slice(page * size, (page + 1) * size)
      .map(row)
      .join('');
    byId(`${id}-status`).textContent =
      shown.length === total
        ? counted(shown.length, noun)
        : `${count(shown.length)} of ${counted(total, noun)}`;
    byId(`${id}-page`).textContent = `page ${count(page + 1)} of ${count(last + 1)}`;
    pages.hidden = last === 0;
    for (const button of pages.querySelectorAll('button'))
      button.disabled = /first|previous/.test(button.dataset.page ?? '') ? page === 0 : page === last;
  }

  pages.addEventListener('click', (event) => {
    const turn = (event.target as HTMLElement).dataset.page;
    if (turn === undefined) return;
    page = turn === 'first' ? 0 : turn === 'last' ? Infinity : turn === 'next' ? page + 1 : page - 1;
    render();
    byId(id).scrollIntoView();
  });

  return {
    show(entries) {
      shown = entries;
      page = 0;
      render();
    },
    reveal(entry) {
      const at = shown.indexOf(entry);
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
