import { FLIP_KINDS } from '@benchbook/model';
import { count } from '../format/numbers.ts';

type ByKind = { readonly [kind: string]: number };

/** Flips of one kind. */
export interface KindCount {
  /** `deny->allow`. */
  readonly kind: string;
  readonly flips: number;
}

const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'deny->allow': 'newly allowed',
    'escalate->allow': 'newly allowed, without a person',
    'deny->escalate': 'no longer denied, a person may approve',
    'allow->escalate': 'now need a person',
    'escalate->deny': 'denied, no person may approve',
    'allow->deny': 'newly denied',
  }),
);

/** What a kind means to a reviewer; '' for one that is not known. */
export function kindWords(kind: string): string {
  return words.get(kind) ?? '';
}

/** Allowed now and not before: the one that reviewers fear. */
export function isFeared(kind: string): boolean {
  return kind === 'deny->allow' || kind === 'escalate->allow';
}

/** The kinds that occur, the most feared first. */
export function kindCounts(byKind: ByKind): readonly KindCount[] {
  const rank = (kind: string) => (FLIP_KINDS.includes(kind) ? FLIP_KINDS.indexOf(kind) : FLIP_KINDS.length);
  return Object.entries(byKind)
    .map(([kind, flips]) => ({ kind, flips }))
    .filter(({ flips }) => flips > 0)
    .sort((a, b) => rank(a.kind) - rank(b.kind) || (a.kind < b.kind ? -1 : 1));
}

/** Calls that are allowed now and were not. */
export function newlyAllowed(byKind: ByKind): number {
  return kindCounts(byKind).reduce((sum, one) => sum + (isFeared(one.kind) ? one.flips : 0), 0);
}

/** `2 deny -> allow, 1 allow -> deny`. Not made visible. */
export function kindList(byKind: ByKind): string {
  return kindCounts(byKind)
    .map(({ kind, flips }) => `${count(flips)} ${arrow(kind)}`)
    .join(', ');
}

/** `deny->allow` as `deny -> allow`. */
export function arrow(kind: string): string {
  return kind.replace('->', ' -> ');
}
