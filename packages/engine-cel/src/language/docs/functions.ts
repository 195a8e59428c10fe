/** What the functions and macros of CEL are for, as the editor tells it. */

/** One way to call a function. */
export interface FunctionDoc {
  /** As in the catalog of functions: a leading dot marks a method. Macros likewise. */
  readonly name: string;
  /** Of a method: types of what stands before the dot. */
  readonly on: readonly string[];
  /** Parameters, `name: type` each. */
  readonly parameters: readonly string[];
  readonly result: string;
  readonly documentation: string;
  /** Binds a variable of its own: expanded before anything is evaluated. */
  readonly isMacro: boolean;
}

const docs: FunctionDoc[] = [];

function add(signature: string, documentation: string, isMacro = false): void {
  const [, receiver, name = '', list = '', result = ''] =
    /^(?:(\([^)]*\)))?([\w.]+)\((.*)\) -> (.*)$/.exec(signature) ?? [];
  const parameters = list === '' ? [] : list.split(', ');
  const on = receiver ? receiver.slice(1, -1).split('|') : [];
  docs.push({ name: receiver ? `.${name}` : name, on, parameters, result, documentation, isMacro });
}

const macro = (signature: string, documentation: string): void => add(signature, documentation, true);

add(
  'size(value: string | bytes | list | map) -> int',
  'Code points of a text, bytes, items of a list or entries of a map.',
);
add(
  '(string|bytes|list|map)size() -> int',
  'Code points of a text, bytes, items of a list or entries of a map.',
);
add('(string)startsWith(prefix: string) -> bool', 'True where the text begins with `prefix`.');
add('(string)endsWith(suffix: string) -> bool', 'True where the text ends with `suffix`.');
add('(string)contains(part: string) -> bool', 'True where the text holds `part`.');
add(
  '(string)matches(pattern: string) -> bool',
  'True where some part of the text matches the regular expression (RE2 syntax; anchor it with `^` and `$`).',
);
add(
  'matches(text: string, pattern: string) -> bool',
  'True where some part of `text` matches the regular expression (RE2).',
);
add('dyn(value: any) -> dyn', 'The value itself, taken from the type checker.');
add('type(value: any) -> type', 'The type of a value, to be compared: `type(args.amount) == int`.');

add(
  'int(value: int | uint | double | string | timestamp) -> int',
  'As a whole number; a `double` loses its fraction. Fails where it does not fit.',
);
add('uint(value: int | uint | double | string) -> uint', 'As a whole number that is not negative.');
add('double(value: int | uint | double | string) -> double', 'As a floating point number.');
add('string(value: any scalar) -> string', 'As text. Bytes must be UTF-8.');
add('bytes(value: string | bytes) -> bytes', 'The UTF-8 bytes of a text.');
add('bool(value: bool | string) -> bool', 'As a truth value: `"true"` or `"false"`.');
add(
  'timestamp(value: string | int) -> timestamp',
  'A point in time, from RFC 3339 text (`"2026-05-01T10:00:00Z"`) or from seconds since 1970.',
);
add('duration(value: string) -> duration', 'A length of time: `"90s"`, `"1h30m"`.');

const CLOCK = 'In UTC, or in a `zone` such as `"Europe/Berlin"` or `"+02:00"`.';
for (const [name, what] of [
  ['getFullYear', 'Year of a point in time.'],
  ['getMonth', 'Month of a point in time, January is 0.'],
  ['getDate', 'Day of the month, the first is 1.'],
  ['getDayOfMonth', 'Day of the month, the first is 0.'],
  ['getDayOfWeek', 'Day of the week, Sunday is 0.'],
  ['getDayOfYear', 'Day of the year, the first is 0.'],
] as const) {
  add(`(timestamp)${name}() -> int`, `${what} ${CLOCK}`);
  add(`(timestamp)${name}(zone: string) -> int`, `${what} ${CLOCK}`);
}
for (const [name, what] of [
  ['getHours', 'Hour of the day; of a duration, its whole hours.'],
  ['getMinutes', 'Minute of the hour; of a duration, its whole minutes.'],
  ['getSeconds', 'Second of the minute; of a duration, its whole seconds.'],
  ['getMilliseconds', 'Millisecond of the second.'],
] as const) {
  add(`(timestamp|duration)${name}() -> int`, `${what} ${CLOCK}`);
  add(`(timestamp)${name}(zone: string) -> int`, `${what} ${CLOCK}`);
}

const PLACES = 'Places are counted in code points from 0.';
add('(string)charAt(index: int) -> string', `The character at a place. ${PLACES}`);
add('(string)indexOf(part: string) -> int', `Where \`part\` first stands, or -1. ${PLACES}`);
add(
  '(string)indexOf(part: string, from: int) -> int',
  `Where \`part\` first stands at or after \`from\`, or -1. ${PLACES}`,
);
add('(string)lastIndexOf(part: string) -> int', `Where \`part\` last stands, or -1. ${PLACES}`);
add(
  '(string)lastIndexOf(part: string, from: int) -> int',
  `Where \`part\` last stands at or before \`from\`, or -1. ${PLACES}`,
);
add('(string)substring(start: int) -> string', `The text from a place on. ${PLACES}`);
add(
  '(string)substring(start: int, end: int) -> string',
  `The text between two places, the second not included. ${PLACES}`,
);
add('(string)lowerAscii() -> string', 'With `A` to `Z` in lower case; other letters stay.');
add('(string)upperAscii() -> string', 'With `a` to `z` in upper case; other letters stay.');
add('(string)trim() -> string', 'Without white space at both ends.');
add('(string)reverse() -> string', 'The characters in reverse order.');
add('(string)replace(from: string, to: string) -> string', 'With every `from` replaced.');
add(
  '(string)replace(from: string, to: string, limit: int) -> string',
  'With at most `limit` of `from` replaced; all where it is negative.',
);
add('(string)split(separator: string) -> list(string)', 'The pieces between the separators.');
add(
  '(string)split(separator: string, limit: int) -> list(string)',
  'At most `limit` pieces; all where it is negative.',
);
add('(list)join() -> string', 'The texts of a list in a row.');
add(
  '(list)join(separator: string) -> string',
  'The texts of a list in a row, with `separator` between them.',
);
add('strings.quote(text: string) -> string', 'The text in double quotes, with escapes.');

add('math.ceil(value: double) -> double', 'Rounded up.');
add('math.floor(value: double) -> double', 'Rounded down.');
add('math.round(value: double) -> double', 'Rounded to the nearest whole number, half away from zero.');
add('math.trunc(value: double) -> double', 'Without its fraction.');
add('math.abs(value: number) -> number', 'Without its sign.');
add('math.sign(value: number) -> number', '-1, 0 or 1.');
add('math.sqrt(value: number) -> double', 'The square root.');
add('math.isNaN(value: double) -> bool', 'True for what is no number.');
add('math.isInf(value: double) -> bool', 'True for an infinite number.');
add('math.isFinite(value: double) -> bool', 'True for a number that is neither infinite nor none.');
add(
  'math.greatest(value: number, ...: number) -> number',
  'The greatest of its arguments, or of the one list.',
);
add('math.least(value: number, ...: number) -> number', 'The least of its arguments, or of the one list.');
add('math.bitAnd(a: int, b: int) -> int', 'Bits that are set in both (`int` or `uint`).');
add('math.bitOr(a: int, b: int) -> int', 'Bits that are set in either (`int` or `uint`).');
add('math.bitXor(a: int, b: int) -> int', 'Bits that are set in one of both (`int` or `uint`).');
add('math.bitNot(value: int) -> int', 'All bits turned (`int` or `uint`).');
add('math.bitShiftLeft(value: int, by: int) -> int', 'Bits shifted to the left.');
add('math.bitShiftRight(value: int, by: int) -> int', 'Bits shifted to the right, filled with zeroes.');

add('base64.encode(value: bytes) -> string', 'Bytes as Base64 text.');
add('base64.decode(text: string) -> bytes', 'The bytes of a Base64 text, with or without padding.');

add('optional.none() -> optional', 'No value.');
add('optional.of(value: any) -> optional', 'A value that is there.');
add('optional.ofNonZeroValue(value: any) -> optional', 'A value, or none where it is zero, empty or null.');
add('(optional)hasValue() -> bool', 'True where there is a value.');
add('(optional)value() -> any', 'The value; fails where there is none.');
add('(optional)or(other: optional) -> optional', 'The value, or `other` where there is none.');
add(
  '(optional)orValue(default: any) -> any',
  'The value, or `default` where there is none: `args.?amount.orValue(0)`.',
);

macro(
  'has(field: path) -> bool',
  'True where the field is there: `has(args.amount)`. An absent field is an error everywhere else.',
);
const RANGE = 'list|map';
const EACH = 'The name stands for each item of the list, or for each key of the map.';
const PAIR = 'The names stand for index and item of the list, or for key and value of the map.';
for (const [name, what] of [
  ['all', 'True where the condition holds for every item.'],
  ['exists', 'True where the condition holds for some item.'],
  ['exists_one', 'True where the condition holds for exactly one item.'],
  ['existsOne', 'True where the condition holds for exactly one item.'],
] as const) {
  macro(`(${RANGE})${name}(item: name, condition: bool) -> bool`, `${what} ${EACH}`);
  macro(`(${RANGE})${name}(index: name, item: name, condition: bool) -> bool`, `${what} ${PAIR}`);
}
macro(`(${RANGE})map(item: name, value: any) -> list`, `A list of the values. ${EACH}`);
macro(
  `(${RANGE})map(item: name, condition: bool, value: any) -> list`,
  `A list of the values where the condition holds. ${EACH}`,
);
macro(
  `(${RANGE})filter(item: name, condition: bool) -> list`,
  `The items for which the condition holds. ${EACH}`,
);
macro(
  `(${RANGE})transformList(index: name, item: name, value: any) -> list`,
  `A list of the values. ${PAIR}`,
);
macro(
  `(${RANGE})transformList(index: name, item: name, condition: bool, value: any) -> list`,
  `A list of the values where the condition holds. ${PAIR}`,
);
macro(
  `(${RANGE})transformMap(key: name, item: name, value: any) -> map`,
  `A map of the values under the same keys. ${PAIR}`,
);
macro(
  `(${RANGE})transformMap(key: name, item: name, condition: bool, value: any) -> map`,
  `A map of the values where the condition holds. ${PAIR}`,
);
macro(
  `(${RANGE})transformMapEntry(key: name, item: name, entry: map) -> map`,
  `A map of entries, each given as a map of one. ${PAIR}`,
);
macro(
  `(${RANGE})transformMapEntry(key: name, item: name, condition: bool, entry: map) -> map`,
  `A map of entries where the condition holds. ${PAIR}`,
);
macro(
  'cel.bind(name: name, value: any, body: any) -> any',
  'The body, with a name for a value that it uses more than once.',
);

/** All ways to call all functions. */
export const FUNCTION_DOCS: readonly FunctionDoc[] = docs;

const byName = new Map<string, FunctionDoc[]>();
for (const doc of docs) byName.set(doc.name, [...(byName.get(doc.name) ?? []), doc]);

/** The ways to call a function; none for an unknown one. */
export function functionDocs(name: string): readonly FunctionDoc[] {
  return byName.get(name) ?? [];
}

/** Names that have documentation, sorted. */
export function documentedNames(): readonly string[] {
  return [...byName.keys()].sort();
}

/** A signature as one line, with the place of each parameter in it. */
export function signatureOf(doc: FunctionDoc): {
  readonly label: string;
  readonly parameters: readonly { readonly start: number; readonly end: number }[];
} {
  const receiver = doc.on.length > 0 ? doc.on.join(' | ') : '';
  const head = receiver.includes(' ') ? `(${receiver})${doc.name}(` : `${receiver}${doc.name}(`;
  const parameters: { start: number; end: number }[] = [];
  let label = head;
  for (const [index, parameter] of doc.parameters.entries()) {
    if (index > 0) label += ', ';
    parameters.push({ start: label.length, end: label.length + parameter.length });
    label += parameter;
  }
  return { label: `${label}) -> ${doc.result}`, parameters };
}
