/** Where a reader is in the report: how far down, what is unfolded, what has the focus. */

export interface Place {
  readonly top: number;
  /** By what their summary says, since policies come and go. */
  readonly open: readonly string[];
  readonly closed: readonly string[];
  /** The focused link or summary, by its text and the number of equal ones before it. */
  readonly focus: { readonly text: string; readonly nth: number } | null;
}

const FOCUSABLE = 'a, summary, button, [tabindex]';

export function placeOf(content: HTMLElement): Place {
  const folds = [...content.querySelectorAll('details')];
  const active = document.activeElement;
  const label = (fold: HTMLDetailsElement) => keyOf(fold.querySelector('summary'));
  return {
    top: window.scrollY,
    open: folds.filter((fold) => fold.open).map(label),
    closed: folds.filter((fold) => !fold.open).map(label),
    focus: active && content.contains(active) ? focusOf(content, active) : null,
  };
}

export function restore(content: HTMLElement, { top, open, closed, focus }: Place): void {
  const isOpen = new Set(open);
  const isClosed = new Set(closed);
  for (const fold of content.querySelectorAll('details')) {
    const key = keyOf(fold.querySelector('summary'));
    if (isOpen.has(key)) fold.open = true;
    else if (isClosed.has(key)) fold.open = false;
  }
  if (focus) same(content, focus.text)[focus.nth]?.focus({ preventScroll: true });
  window.scrollTo(0, top);
}

function focusOf(content: HTMLElement, active: Element): Place['focus'] {
  const text = keyOf(active);
  return { text, nth: same(content, text).indexOf(active as HTMLElement) };
}

function same(content: HTMLElement, text: string): HTMLElement[] {
  return [...content.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => keyOf(element) === text);
}

/** Counts change from one report to the next; words stay. */
function keyOf(element: Element | null): string {
  return (element?.textContent ?? '')
    .replace(/[\d,.]+/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
