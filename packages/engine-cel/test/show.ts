import {
  CelDuration,
  type CelMap,
  CelOptional,
  CelTimestamp,
  CelType,
  CelUint,
  formatDouble,
  formatTimestamp,
  isList,
  type MapKey,
  mapKey,
  type Value,
} from '../src/values/index.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** Text as Go's `strconv.Quote` writes it, for the characters of the recorded cases. */
function quote(text: string): string {
  const points = Array.from(text, (point) => {
    const code = point.codePointAt(0) ?? 0;
    if (ESCAPES[point]) return ESCAPES[point];
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code === 0xfeff || (code >= 0x80 && code <= 0xa0)) return `\\u${code.toString(16).padStart(4, '0')}`;
    return point;
  });
  return `"${points.join('')}"`;
}

/** A value as the recorder of `data/cel-go-0.33.2.jsonl` writes it. */
export function show(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return `d${formatDouble(value)}`;
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(show).join(',')}]`;
  if (value instanceof CelUint) return `${value.value}u`;
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`;
  if (value instanceof CelTimestamp) return `T${formatTimestamp(value)}`;
  if (value instanceof CelDuration) return `D${value.nanos}`;
  if (value instanceof CelType) return `type ${value.name}`;
  if (value instanceof CelOptional) return value.value === undefined ? 'none' : `some(${show(value.value)})`;
  return showMap(value);
}

function showMap(map: CelMap): string {
  const entries = map
    .keys()
    .map((key) => `${show(key)}:${show(map.entries.get(mapKey(key) as MapKey) as Value)}`);
  return `{${entries.sort().join(',')}}`;
}
