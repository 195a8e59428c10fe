import type { HistoryEntry } from '@benchbook/model';

/** An entry; whatever is not given has a plain default. */
export function entry(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    schema: 'benchbook.history/v1',
    at: '2026-05-01T10:00:00Z',
    version: 'v1',
    policies: 'a'.repeat(64),
    recordings: 'b'.repeat(64),
    calls: 100,
    outcomes: { allow: 90, deny: 6, escalate: 3, indeterminate: 1 },
    coverage: { policies: 0.9, conditions: 0.8 },
    expectations: { met: 4, missed: 0 },
    p99Ms: 0.5,
    ...changes,
  };
}
