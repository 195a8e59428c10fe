/** Slash paths below `data` of what the toolchain's `link.go` adds for a set. */

/** The values of the set's rules, by rule number. */
export function rulesOf(set: number): string {
  return `system/benchbook/s${set}/rules`;
}

/** The values of one rule's clauses, by clause number. */
export function clausesOf(set: number, rule: number): string {
  return `system/benchbook/s${set}/clauses/r${rule}`;
}

/** The value of one clause; clauses are numbered over all sets. */
export function clauseOf(clause: number): string {
  return `system/benchbook/k${clause}/__value__`;
}
