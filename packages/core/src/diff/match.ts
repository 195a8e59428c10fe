import type { PolicyChange } from '@benchbook/model';
import type { PlacedPolicy } from './version.ts';

/** A policy in both versions, or in one. */
export interface PolicyPair {
  readonly base: PlacedPolicy | null;
  readonly head: PlacedPolicy | null;
  readonly change: PolicyChange;
}

/**
 * Which policies of two versions are the same: by id, then by their place below the policies' folder, then by what
 * they say, then by their text. In head's order; those that are gone stand last, in base's.
 */
export function matchPolicies(base: readonly PlacedPolicy[], head: readonly PlacedPolicy[]): PolicyPair[] {
  const left = new Set(base);
  const partner = new Map<PlacedPolicy, PlacedPolicy>();
  const pass = (keyOf: (placed: PlacedPolicy) => string): void => {
    const byKey = new Map<string, PlacedPolicy[]>();
    for (const placed of left) {
      const key = keyOf(placed);
      byKey.set(key, [...(byKey.get(key) ?? []), placed]);
    }
    for (const placed of head) {
      const found = partner.has(placed) ? undefined : byKey.get(keyOf(placed))?.shift();
      if (!found) continue;
      partner.set(placed, found);
      left.delete(found);
    }
  };
  pass(({ policy }) => policy.id);
  pass(({ rootId }) => rootId);
  pass(({ policy }) => `${policy.language} ${policy.digest}`);
  pass(({ policy, text }) => `${policy.language} ${text}`);
  return [
    ...head.map((placed) => pairOf(partner.get(placed) ?? null, placed)),
    ...[...left].map((placed) => pairOf(placed, null)),
  ];
}

function pairOf(base: PlacedPolicy | null, head: PlacedPolicy | null): PolicyPair {
  return { base, head, change: changeOf(base, head) };
}

function changeOf(base: PlacedPolicy | null, head: PlacedPolicy | null): PolicyChange {
  if (!base) return 'added';
  if (!head) return 'removed';
  const same = base.policy.digest === head.policy.digest && base.policy.effect === head.policy.effect;
  if (same) return base.rootId === head.rootId ? 'same' : 'renamed';
  return base.text === head.text ? 'context' : 'changed';
}
