import { type HistoryEntry, OUTCOMES, type Outcome, type ReplayReport } from '@benchbook/model';
import { milliseconds, percent } from '../../format/numbers.ts';

/** One figure of every entry, oldest first; null where an entry has none. */
export interface Series {
  readonly id: Outcome | 'policies' | 'conditions' | 'p99';
  readonly title: string;
  readonly values: readonly (number | null)[];
  /** As people read it. */
  readonly write: (value: number) => string;
}

/** What a history shows. */
export interface Trend {
  /** Oldest first. */
  readonly entries: readonly HistoryEntry[];
  readonly series: readonly Series[];
}

/** Entries that a chart shows. */
const CHARTED = 60;

/** What every trend says of itself. */
export const TREND_NOTE =
  'Article 72 of the EU AI Act asks the provider of a high-risk system to watch how it does while it is in use. These are figures to watch, no statement of compliance.';

/** The trend of a report; nothing where no history was asked for. */
export function trendOf({ history }: ReplayReport): Trend | undefined {
  if (!history || history.length === 0) return undefined;
  const entries = history.slice(-CHARTED);
  const each = (value: (entry: HistoryEntry) => number | null) => entries.map(value);
  return {
    entries,
    series: [
      ...OUTCOMES.map(
        (id): Series => ({ id, title: id, values: each((one) => shareOf(one, id)), write: share }),
      ),
      { id: 'policies', title: 'policies', values: each((one) => one.coverage.policies), write: share },
      { id: 'conditions', title: 'conditions', values: each((one) => one.coverage.conditions), write: share },
      { id: 'p99', title: 'p99', values: each((one) => one.p99Ms), write: milliseconds },
    ],
  };
}

/** Share of an entry's calls with an outcome. */
export function shareOf(entry: HistoryEntry, outcome: Outcome): number {
  return entry.calls === 0 ? 0 : Math.min(1, entry.outcomes[outcome] / entry.calls);
}

/** An entry's version, else the beginning of the digest of its policies. */
export function nameOf(entry: HistoryEntry): string {
  return entry.version ?? entry.policies.slice(0, 8);
}

export function dayOf(entry: HistoryEntry): string {
  return entry.at.slice(0, 10);
}

function share(value: number): string {
  return percent(value, 1);
}
