import { hasRole, personName } from './people.ts';
import type { CheckedSignOff } from './verify.ts';

/** Verified sign-offs by person: who holds several keys or signs in several roles counts once. */
export interface SignOffCount {
  /** Holders as the key ring names them, sorted. */
  readonly people: readonly string[];
  /** Of them those who signed in a role with one of the wanted words. */
  readonly inRole: readonly string[];
}

/** Counts distinct people. `roles`: words of which one must stand in a role. */
export function countSignOffs(checked: readonly CheckedSignOff[], roles: readonly string[]): SignOffCount {
  const people = new Map<string, { readonly name: string; inRole: boolean }>();
  for (const { state, key, signOff } of checked) {
    if (state !== 'verified' || !key) continue;
    const person = people.get(personName(key.holder)) ?? { name: key.holder, inRole: false };
    people.set(personName(key.holder), person);
    person.inRole ||= hasRole(signOff.role, roles);
  }
  const all = [...people.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return {
    people: all.map(({ name }) => name),
    inRole: all.filter(({ inRole }) => inRole).map(({ name }) => name),
  };
}
