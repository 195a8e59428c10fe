/** Remembers the last thing made, and what it was made from. */
export class Memo<T> {
  #parts: readonly unknown[] | null = null;
  #made: T | undefined;

  /** What `make` gives, or gave when `parts` were the same (each by `===`) the last time. */
  of(parts: readonly unknown[], make: () => T): T {
    const known = this.#parts;
    if (known?.length === parts.length && known.every((part, index) => part === parts[index]))
      return this.#made as T;
    this.#made = make();
    this.#parts = parts;
    return this.#made;
  }
}

/** A function that makes its value when first asked. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
