import type { Affected, Flip, FlipGroup, PolicyChange } from '@benchbook/model';
import { MANIFEST_FILE } from '@benchbook/workspace';
import { compare } from '../order.ts';
import { countKinds } from './flips.ts';

/** Calls that a condition's entry names. */
const MAX_CALLS = 20;

/** Flips by the policy that made the difference; newly allowed ones first. Those of no policy are the manifest's. */
export function groupFlips(
  flips: readonly Flip[],
  changeOf: (policy: string) => PolicyChange,
): readonly FlipGroup[] {
  return [...partition(flips, ({ because }) => because[0] ?? MANIFEST_FILE)]
    .map(([policy, own]): FlipGroup => {
      return {
        policy,
        change: policy === MANIFEST_FILE ? 'changed' : changeOf(policy),
        flips: own.length,
        byKind: countKinds(own),
        conditions: [...partition(own, ({ condition }) => condition)]
          .map(([because, some]) => ({
            because,
            flips: some.length,
            byKind: countKinds(some),
            calls: some.slice(0, MAX_CALLS).map(({ call }) => call),
          }))
          .sort(
            (a, b) => fear(b) - fear(a) || b.flips - a.flips || compare(a.because ?? '', b.because ?? ''),
          ),
        agents: affected(own, ({ agent }) => agent),
        users: affected(own, ({ user }) => user),
        tools: affected(own, ({ tool }) => tool),
      };
    })
    .sort((a, b) => fear(b) - fear(a) || b.flips - a.flips || compare(a.policy, b.policy));
}

/** Calls that are allowed now and were not. */
function fear({ byKind }: { readonly byKind: { readonly [kind: string]: number } }): number {
  return (byKind['deny->allow'] ?? 0) + (byKind['escalate->allow'] ?? 0);
}

function affected(flips: readonly Flip[], nameOf: (flip: Flip) => string | null): Affected[] {
  return [...partition(flips, nameOf)]
    .flatMap(([name, own]) => (name === null ? [] : [{ name, flips: own.length }]))
    .sort((a, b) => b.flips - a.flips || compare(a.name, b.name));
}

function partition<Key>(flips: readonly Flip[], keyOf: (flip: Flip) => Key): Map<Key, Flip[]> {
  const parts = new Map<Key, Flip[]>();
  for (const flip of flips) {
    const key = keyOf(flip);
    const part = parts.get(key);
    if (part) part.push(flip);
    else parts.set(key, [flip]);
  }
  return parts;
}
