import type {
  Condition,
  ConditionPreview,
  Policy,
  PolicyPreview,
  PolicySet,
  Preview,
} from '@benchbook/model';
import type { Exercise, StateCounts } from '../coverage/exercise.ts';
import { helperKeys } from '../coverage/helpers.ts';
import { compare } from '../order.ts';
import type { PreparedWorkspace } from '../prepare.ts';
import type { Comparison } from './comparison.ts';
import { noCounts, type PreviewCounts } from './counts.ts';
import type { HeldCalls } from './held-calls.ts';

/** What is shown of each policy, by file and place; `comparison` null while base is not known. */
export function previewPolicies(
  { policies, modeOf }: PreparedWorkspace,
  held: HeldCalls,
  counts: PreviewCounts,
  comparison: Comparison | null,
): PolicyPreview[] {
  const { exercise } = counts;
  return policies.everything
    .flatMap((set) => set.policies.map((policy, index) => ({ set, policy, index })))
    .sort((a, b) => compare(a.policy.file, b.policy.file) || a.policy.range.start - b.policy.range.start)
    .map(({ set, policy, index }): PolicyPreview => {
      const { applied, errors } = exercise.of(set).policies[index]!;
      const first = counts.firstError(policy.id);
      return {
        id: policy.id,
        name: policy.name,
        file: policy.file,
        range: policy.range,
        effect: policy.effect,
        mode: modeOf(policy.file),
        outcomes: { ...(counts.determined(policy.id) ?? noCounts()) },
        applied,
        // An error that an engine absorbs shows in its decision alone.
        errors: Math.max(errors, counts.erring(policy.id)),
        ...(first && { firstError: { call: held.call(first.call).id, message: first.message } }),
        conditions: conditionsOf(set, policy, index, exercise),
        flips: comparison ? comparison.laidTo(policy.id) : null,
      };
    });
}

/** Conditions that belong to no single policy, by file; one that several sets share stands once. */
export function previewHelpers(sets: readonly PolicySet[], exercise: Exercise): Preview['helpers'] {
  const byFile = new Map<string, ConditionPreview[]>();
  const seen = new Set<string>();
  for (const set of sets) {
    const keys = helperKeys(set);
    const files = new Map<string, { index: number; counts: StateCounts }[]>();
    set.conditions.forEach(({ file }, index) => {
      const key = keys[index] ?? null;
      if (key === null || seen.has(key)) return;
      seen.add(key);
      const found = files.get(file);
      const one = { index, counts: exercise.helper(key) };
      if (found) found.push(one);
      else files.set(file, [one]);
    });
    for (const [file, found] of files) {
      const known = byFile.get(file) ?? [];
      byFile.set(file, [...known, ...shown(set.conditions, found, known.length)]);
    }
  }
  return [...byFile].sort(([a], [b]) => compare(a, b)).map(([file, conditions]) => ({ file, conditions }));
}

/** Those in the policy's own file: a linked policy's stand in its template, where links share them. */
function conditionsOf(set: PolicySet, policy: Policy, index: number, exercise: Exercise): ConditionPreview[] {
  const counts = exercise.of(set).conditions;
  const own = (ownConditions(set)[index] ?? []).filter((one) => set.conditions[one]!.file === policy.file);
  return shown(
    set.conditions,
    own.map((one) => ({ index: one, counts: counts[one]! })),
    0,
  );
}

const owned = new WeakMap<PolicySet, number[][]>();

/** Indexes of conditions by the policy that they belong to. */
function ownConditions(set: PolicySet): number[][] {
  let known = owned.get(set);
  if (!known) {
    known = set.policies.map((): number[] => []);
    for (const [index, { policy }] of set.conditions.entries())
      if (policy !== null) known[policy]?.push(index);
    owned.set(set, known);
  }
  return known;
}

function shown(
  conditions: readonly Condition[],
  found: readonly { readonly index: number; readonly counts: StateCounts }[],
  before: number,
): ConditionPreview[] {
  const places = new Map(found.map(({ index }, place) => [index, before + place]));
  return found.map(({ index, counts }) => {
    const { range, parent } = conditions[index]!;
    return { range, parent: parent === null ? null : (places.get(parent) ?? null), ...counts };
  });
}
