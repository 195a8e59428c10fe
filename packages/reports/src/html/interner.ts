/** Numbers values by the order in which they first come. */
export interface Interner<Value> {
  /** The number of `key`; `make` gives the value the first time. */
  number(key: string, make: () => Value): number;
  readonly values: readonly Value[];
}

/** An empty one. Keys are compared as text, whatever they are called. */
export function interner<Value>(): Interner<Value> {
  const numbers = new Map<string, number>();
  const values: Value[] = [];
  return {
    values,
    number(key, make) {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, values.length);
      return values.push(make()) - 1;
    },
  };
}
