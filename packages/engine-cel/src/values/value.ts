/**
 * CEL values as JavaScript holds them. `int` is bigint and `double` is number, so that neither can pass for the
 * other; everything else JavaScript has no type for is a class of its own.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | CelUint
  | CelTimestamp
  | CelDuration
  | CelType
  | CelOptional
  | CelMap
  | readonly Value[];

/** Keys as maps store them: `int` and `uint` keys of one number are one key (CEL's numeric equality). */
export type MapKey = string | boolean | bigint;

export class CelUint {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

/** A point in time, in nanoseconds since 1970-01-01T00:00:00Z. */
export class CelTimestamp {
  readonly nanos: bigint;
  /** It was written with an offset other than UTC's: cel-go keeps that for `string()`, others do not. */
  readonly zoned: boolean;
  constructor(nanos: bigint, zoned = false) {
    this.nanos = nanos;
    this.zoned = zoned;
  }
}

/** A span of time in nanoseconds. */
export class CelDuration {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A type as a value: what `type(x)` gives and what `int`, `string`, ... denote. */
export class CelType {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class CelOptional {
  /** undefined: `optional.none()`. */
  readonly value: Value | undefined;
  constructor(value: Value | undefined) {
    this.value = value;
  }
}

export const OPTIONAL_NONE = new CelOptional(undefined);

/** A map. Never a JavaScript object, so that no name can reach a prototype. */
export class CelMap {
  readonly entries: ReadonlyMap<MapKey, Value>;
  /** Which bigint keys are `uint`; absent where none is. */
  readonly uintKeys: ReadonlySet<bigint> | undefined;

  constructor(entries: ReadonlyMap<MapKey, Value>, uintKeys?: ReadonlySet<bigint>) {
    this.entries = entries;
    this.uintKeys = uintKeys;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Keys as CEL values, in order of insertion. */
  keys(): Value[] {
    const uints = this.uintKeys;
    if (!uints) return [...this.entries.keys()];
    return Array.from(this.entries.keys(), (key) =>
      typeof key === 'bigint' && uints.has(key) ? new CelUint(key) : key,
    );
  }
}

/** True for a CEL list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/**
 * The stored form of a key that may be looked up: undefined where no map can hold it (a double with a
 * fraction), null where its type is no key type at all.
 */
export function mapKey(key: Value): MapKey | undefined | null {
  switch (typeof key) {
    case 'string':
    case 'bigint':
    case 'boolean':
      return key;
    case 'number':
      return Number.isInteger(key) ? BigInt(key) : undefined;
    default:
      return key instanceof CelUint ? key.value : null;
  }
}

/** The name of a value's type, as CEL's `type()` prints it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'boolean':
      return 'bool';
    default:
      if (value === null) return 'null_type';
      if (isList(value)) return 'list';
      if (value instanceof CelMap) return 'map';
      if (value instanceof CelUint) return 'uint';
      if (value instanceof CelTimestamp) return 'google.protobuf.Timestamp';
      if (value instanceof CelDuration) return 'google.protobuf.Duration';
      if (value instanceof Uint8Array) return 'bytes';
      if (value instanceof CelOptional) return 'optional_type';
      return 'type';
  }
}
