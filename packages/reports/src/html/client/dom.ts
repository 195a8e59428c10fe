/** An element of our own page, where it always stands. */
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
