import type { Value as SpecValue } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import { createRegistry } from '@bufbuild/protobuf';
import { anyUnpack, DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt';
import {
  CelDuration,
  CelMap,
  CelTimestamp,
  CelType,
  CelUint,
  isList,
  type MapKey,
  mapKey,
  type Value,
} from '../../src/values/index.ts';

const registry = createRegistry(TimestampSchema, DurationSchema);

/** A value of the suite as ours, or undefined where it is a protobuf message. */
export function fromSpec(value: SpecValue): Value | undefined {
  const kind = value.kind;
  switch (kind.case) {
    case 'nullValue':
      return null;
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
      return kind.value;
    case 'bytesValue':
      return kind.value;
    case 'uint64Value':
      return new CelUint(kind.value);
    case 'typeValue':
      return new CelType(kind.value);
    case 'listValue': {
      const items = kind.value.values.map(fromSpec);
      return items.includes(undefined) ? undefined : (items as Value[]);
    }
    case 'mapValue': {
      const entries = new Map<MapKey, Value>();
      const uints = new Set<bigint>();
      for (const entry of kind.value.entries) {
        const key = entry.key && fromSpec(entry.key);
        const member = entry.value && fromSpec(entry.value);
        if (key === undefined || member === undefined) return undefined;
        if (key instanceof CelUint) uints.add(key.value);
        entries.set(mapKey(key) as MapKey, member);
      }
      return new CelMap(entries, uints.size > 0 ? uints : undefined);
    }
    case 'objectValue': {
      const message = anyUnpack(kind.value, registry);
      if (
        message?.$typeName === 'google.protobuf.Timestamp' ||
        message?.$typeName === 'google.protobuf.Duration'
      ) {
        const { seconds, nanos } = message as unknown as { seconds: bigint; nanos: number };
        const total = seconds * 1_000_000_000n + BigInt(nanos);
        return message.$typeName.endsWith('Duration') ? new CelDuration(total) : new CelTimestamp(total);
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** A value with its types, as text: equal texts are the same value of the same type. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Object.is(value, -0) ? 'double(-0)' : `double(${value})`;
  if (typeof value === 'bigint') return `int(${value})`;
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(describe).join(', ')}]`;
  if (value instanceof CelUint) return `uint(${value.value})`;
  if (value instanceof CelTimestamp) return `timestamp(${value.nanos})`;
  if (value instanceof CelDuration) return `duration(${value.nanos})`;
  if (value instanceof CelType) return `type(${value.name})`;
  if (value instanceof Uint8Array) return `bytes(${Array.from(value).join(' ')})`;
  if (value instanceof CelMap) {
    const entries = value
      .keys()
      .map((key) => `${describe(key)}: ${describe(value.entries.get(mapKey(key) as MapKey) as Value)}`);
    return `{${entries.sort().join(', ')}}`;
  }
  return value.value === undefined ? 'optional.none()' : `optional.of(${describe(value.value)})`;
}
