import {
  type Comparison,
  compareVersions,
  createCounts,
  type PreparedWorkspace,
  type PreviewCounts,
  previewHelpers,
  previewPolicies,
  type Steps,
  type Version,
} from '@benchbook/core';
import type { Preview } from '@benchbook/model';

/** One version of the policies, as far as it is decided. */
export interface Decided {
  readonly version: Version;
  readonly counts: PreviewCounts;
  comparison: Comparison | null;
  isComplete: boolean;
}

export function startDeciding(version: Version, base: Version | null): Decided {
  return {
    version,
    counts: createCounts(version.prepared),
    comparison: base && compareVersions(base, version),
    isComplete: false,
  };
}

/** Decides the classes of `parts` from the one at `from` on, until `isEnough` says so; it is asked after each. */
export function* decideParts(
  { version, counts, comparison }: Decided,
  parts: Int32Array,
  from: number,
  isEnough: () => boolean,
): Steps {
  const { classes } = version;
  for (let at = from; at < parts.length; at++) {
    const part = parts[at]!;
    const decisions = version.decide(part);
    const members = classes.members(part);
    counts.add(decisions, members.length, classes.first[part]!);
    comparison?.add(decisions, members);
    if (isEnough()) return;
    yield;
  }
}

/** Compares what is decided with a base that came to be known only now. */
export function* compareAnew(decided: Decided, base: Version): Steps {
  const { version } = decided;
  const comparison = compareVersions(base, version);
  yield;
  for (const part of version.classes.first.keys()) {
    comparison.add(version.decide(part), version.classes.members(part));
    yield;
  }
  decided.comparison = comparison;
}

/** What a preview shows beside its serial number and whether it is stale. */
export type Shown = Omit<Preview, 'serial' | 'stale' | 'base'>;

/** The counts must have been flushed. */
export function shownOf({ version, counts, comparison }: Decided): Shown {
  const { prepared, held } = version;
  return {
    decided: counts.calls,
    total: held.length,
    leftOut: held.leftOut,
    outcomes: { ...counts.outcomes },
    policies: previewPolicies(prepared, held, counts, comparison),
    helpers: previewHelpers(prepared.policies.everything, counts.exercise),
    texts: textsOf(prepared),
    flips: comparison ? comparison.flips : null,
  };
}

const texts = new WeakMap<PreparedWorkspace, ReadonlyMap<string, string>>();

function textsOf(prepared: PreparedWorkspace): ReadonlyMap<string, string> {
  let known = texts.get(prepared);
  if (!known) {
    known = new Map(prepared.workspace.policyFiles.map(({ path, text }) => [path, text]));
    texts.set(prepared, known);
  }
  return known;
}
