import type { Exchanged } from './ports.ts';

/** Milliseconds before the first repetition at most, doubled for each further one. */
const FIRST = 500;
const LONGEST_DELAY = 30_000;
/** A receiver may ask for a day of silence, not for ever. */
const LONGEST_RETRY_AFTER = 24 * 60 * 60 * 1000;

/** What to make of an exchange. `later`: the same again may work; `refused`: it never will. */
export type Verdict =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly message: string; readonly retryAfter: number | null }
  | { readonly kind: 'refused'; readonly message: string };

/** `now` in milliseconds since 1970, for a `Retry-After` that is a date. */
export function verdictOf(exchanged: Exchanged, now: number): Verdict {
  if (exchanged.kind === 'none') return { kind: 'later', message: exchanged.message, retryAfter: null };
  const { status, retryAfter, body } = exchanged;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status >= 300 && status < 400)
    return { kind: 'refused', message: `answered ${status}: redirects are not followed` };
  const message = `answered ${status}${body.trim() === '' ? '' : `: ${body.trim()}`}`;
  if (status >= 500 || status === 408 || status === 429)
    return { kind: 'later', message, retryAfter: retryAfterMs(retryAfter, now) };
  return { kind: 'refused', message };
}

/** Exponential back-off, its upper half by chance so that senders do not come all at once; `attempt` from 0, `random` from 0 to below 1. */
export function backOff(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_DELAY, FIRST * 2 ** Math.min(attempt, 20));
  return Math.round(longest / 2 + (longest / 2) * random);
}

/** Seconds or an HTTP date, in milliseconds from `now`; null where it is neither. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const ms = /^\d{1,10}$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  return Number.isNaN(ms) ? null : Math.min(LONGEST_RETRY_AFTER, Math.max(0, ms));
}

function httpDate(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
