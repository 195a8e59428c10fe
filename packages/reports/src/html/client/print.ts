/** Opens what is folded while the page is printed, but for the entries of calls, which stay as the reader has them. */
export function openForPrint(printing: (now: boolean) => void): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    printing(true);
    opened = [...document.querySelectorAll('details')].filter((one) => !one.open && !one.closest('.calls'));
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false;
    printing(false);
  });
}
