/** One thing that a statement is about. */
export interface Subject {
  /** Path in the workspace, or a name with a colon for what is no file (`suite:expect`). */
  readonly name: string;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/** Sorted by name. */
export function sortSubjects(subjects: readonly Subject[]): readonly Subject[] {
  return [...subjects].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** What sets two lists of subjects apart, a few words each with the subject's name; empty where they are the same. */
export function subjectChanges(stated: readonly Subject[], current: readonly Subject[]): readonly string[] {
  const was = new Map(stated.map(({ name, sha256 }) => [name, sha256]));
  const is = new Map(current.map(({ name, sha256 }) => [name, sha256]));
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  return names.flatMap((name) => {
    const [before, now] = [was.get(name), is.get(name)];
    if (before === now) return [];
    if (before === undefined) return [`${name} was added`];
    return [now === undefined ? `${name} is gone` : `${name} changed`];
  });
}
