import type { ReplayReport } from '@benchbook/model';
import { CannotRun } from '../errors.ts';

/** Why there is nothing to decide: the first unreadable place, or empty recordings. */
export function noCalls({
  unreadable,
  recordings,
}: Pick<ReplayReport, 'unreadable' | 'recordings'>): CannotRun {
  const first = unreadable[0];
  const why = first
    ? `${first.file}${first.line === undefined ? '' : `:${first.line}`}: ${first.message}`
    : 'they are empty';
  const files = recordings.length;
  return new CannotRun(`no call in ${files === 1 ? 'the recording' : `${files} recordings`}: ${why}`);
}
