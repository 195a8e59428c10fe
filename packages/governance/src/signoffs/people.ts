/** One spelling for a person's name: what differs in case, width and spaces alone is the same person. */
export function personName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** True where one of the wanted words stands in the role, as a word: `risk` in `Chief Risk Officer`. */
export function hasRole(role: string, wanted: readonly string[]): boolean {
  const words = new Set(personName(role).match(/[\p{L}\p{N}]+/gu) ?? []);
  return wanted.some((one) => words.has(personName(one)));
}
