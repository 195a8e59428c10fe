const DAY_MS = 86_400_000;

/** Days since 1970 of an ISO day; null for what is no day of the calendar. */
export function dayNumber(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) return null;
  return time / DAY_MS;
}

/** Whole days from an ISO day to `now` (an ISO time); below 0 where the day is still to come, null where it is none. */
export function daysSince(day: string, now: string): number | null {
  const from = dayNumber(day);
  const to = Date.parse(now);
  return from === null || Number.isNaN(to) ? null : Math.floor(to / DAY_MS) - from;
}
