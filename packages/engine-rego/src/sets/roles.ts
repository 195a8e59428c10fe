import type { Effect } from '@benchbook/model';

/**
 * What a decision rule decides by its name. `answer` is an entrypoint of another name: it may give what `decision`
 * gives, or what `allow` gives.
 */
export type Role = 'allow' | 'forbid' | 'escalate' | 'decision' | 'warn' | 'answer';

const SUFFIXED = /^(deny|violation|escalate|warn)(_[A-Za-z0-9_]*)?$/;

/** The role of a rule by its name, or undefined for a helper. `deny_x` counts as `deny`; `allow_x` is a helper. */
export function roleOf(name: string): Role | undefined {
  if (name === 'allow' || name === 'decision') return name;
  const stem = SUFFIXED.exec(name)?.[1];
  if (stem === 'escalate' || stem === 'warn') return stem;
  return stem === undefined ? undefined : 'forbid';
}

/** The effect that a clause of a rule is written to have. */
export function effectOf(role: Role): Effect {
  switch (role) {
    case 'allow':
      return 'permit';
    case 'forbid':
      return 'forbid';
    case 'escalate':
      return 'escalate';
    default:
      return null;
  }
}
