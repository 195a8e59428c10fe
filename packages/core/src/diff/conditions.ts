import type { ConditionChange, PolicySet } from '@benchbook/model';
import type { PreparedWorkspace } from '../prepare.ts';
import { align } from './align.ts';
import type { PolicyPair } from './match.ts';
import { placeOf } from './version.ts';

/** A condition that is not the same in both versions, with its index in each version's set. */
export interface IndexedChange extends ConditionChange {
  readonly baseIndex: number | null;
  readonly headIndex: number | null;
}

/** Both versions of the workspace. */
export interface Versions {
  readonly base: PreparedWorkspace;
  readonly head: PreparedWorkspace;
}

/** The conditions in which a policy's two versions differ. */
export function changedConditions(pair: PolicyPair, versions: Versions): IndexedChange[] {
  return changes(
    pair.base && { set: pair.base.set, policy: pair.base.index },
    pair.head && { set: pair.head.set, policy: pair.head.index },
    versions,
  );
}

/** The conditions in which what belongs to no single policy of a set differs. */
export function changedHelpers(
  base: PolicySet | null,
  head: PolicySet | null,
  versions: Versions,
): IndexedChange[] {
  return changes(base && { set: base, policy: null }, head && { set: head, policy: null }, versions);
}

interface Owner {
  readonly set: PolicySet;
  readonly policy: number | null;
}

function changes(base: Owner | null, head: Owner | null, versions: Versions): IndexedChange[] {
  const old = base ? leavesOf(base) : [];
  const now = head ? leavesOf(head) : [];
  const oldTexts = old.map((index) => placeOf(base!.set, index, versions.base));
  const newTexts = now.map((index) => placeOf(head!.set, index, versions.head));
  const found = align(
    oldTexts.map(({ text }) => text),
    newTexts.map(({ text }) => text),
  ).flatMap((pair): IndexedChange[] => {
    const before = pair.base === null ? null : oldTexts[pair.base]!;
    const after = pair.head === null ? null : newTexts[pair.head]!;
    if (before?.text === after?.text) return [];
    return [
      {
        base: before,
        head: after,
        baseIndex: pair.base === null ? null : old[pair.base]!,
        headIndex: pair.head === null ? null : now[pair.head]!,
      },
    ];
  });
  return found;
}

/** Conditions without those that only join others: an operand says more than the clause around it. */
function leavesOf({ set, policy }: Owner): number[] {
  const parents = new Set(set.conditions.map(({ parent }) => parent));
  return set.conditions.flatMap((condition, index) =>
    condition.policy === policy && !parents.has(index) ? index : [],
  );
}

/** `a <= 500` became `a <= 5000`, in a sentence's words. */
export function describeChange({ base, head }: ConditionChange): string {
  if (base && head) return `\`${base.text}\` became \`${head.text}\``;
  if (head) return `\`${head.text}\` was added`;
  return `\`${base?.text ?? ''}\` was removed`;
}
