import { isIsoTime } from '@benchbook/governance';
import { CannotRun } from './errors.ts';

/** The time that ages and expiries are counted to: `--at`, else the host's clock. ISO, in UTC. */
export function timeOf({ at }: { readonly at?: string }): string {
  if (at === undefined) return new Date().toISOString();
  const time = /^\d{4}-\d{2}-\d{2}$/.test(at) ? `${at}T00:00:00Z` : at;
  if (isIsoTime(time)) return new Date(time).toISOString();
  throw new CannotRun(`--at takes an ISO time, such as 2026-05-01T10:00:00Z: ${at}`);
}
