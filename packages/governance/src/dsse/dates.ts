const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)$/;
const DAY_MS = 86_400_000;

/** The first and last millisecond that an ISO day or an ISO time with zone may mean; undefined for anything else. */
export function instantsOf(text: string): { readonly first: number; readonly last: number } | undefined {
  if (!DAY.test(text) && !TIME.test(text)) return undefined;
  const first = Date.parse(text);
  if (Number.isNaN(first) || (DAY.test(text) && new Date(first).toISOString().slice(0, 10) !== text))
    return undefined;
  return { first, last: DAY.test(text) ? first + DAY_MS - 1 : first };
}

/** Whole days in milliseconds. */
export function days(count: number): number {
  return count * DAY_MS;
}
