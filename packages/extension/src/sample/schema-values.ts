/** Values that a JSON Schema lets through, made up without chance: the same schema gives the same values. */
import { getOwn, isObject, type Json, type JsonObject, setOwn } from '@benchbook/model';

/** How deep a schema is followed, and how many alternatives of one value are made. */
const MAX_DEPTH = 6;
const MAX_ALTERNATIVES = 4;
const MAX_PROPERTIES = 40;
const MAX_TEXT = 200;

/**
 * Values for a schema, the plainest first: what it gives as examples, each word of an `enum`, a number at each of its
 * limits and one between. At least one, at most four. References are followed within `root`.
 */
export function schemaValues(schema: Json | undefined, root: JsonObject, name = 'value', depth = 0): Json[] {
  const found = resolve(schema, root);
  if (!found || depth > MAX_DEPTH) return [null];
  return stated(found) ?? byType(found, root, name, depth);
}

/** What the schema itself says that a value may be. */
function stated(schema: JsonObject): Json[] | null {
  const constant = getOwn(schema, 'const');
  if (constant !== undefined) return [constant];
  const some = [...list(getOwn(schema, 'examples')), ...list(getOwn(schema, 'enum'))];
  const standard = getOwn(schema, 'default');
  if (standard !== undefined) some.unshift(standard);
  const distinct = new Map(some.map((value) => [JSON.stringify(value), value]));
  return distinct.size > 0 ? [...distinct.values()].slice(0, MAX_ALTERNATIVES) : null;
}

function byType(schema: JsonObject, root: JsonObject, name: string, depth: number): Json[] {
  switch (typeOf(schema)) {
    case 'object':
      return objectValues(schema, root, depth);
    case 'array':
      return arrayValues(schema, root, name, depth);
    case 'integer':
    case 'number':
      return numberValues(schema);
    case 'boolean':
      return [true, false];
    case 'null':
      return [null];
    default:
      return [textValue(schema, name)];
  }
}

/** An object with what is required and the first value of each; then one with everything. */
export function objectValues(schema: JsonObject, root: JsonObject, depth = 0): JsonObject[] {
  const properties = getOwn(schema, 'properties');
  const names = isObject(properties) ? Object.keys(properties).slice(0, MAX_PROPERTIES) : [];
  const required = list(getOwn(schema, 'required')).filter(
    (name): name is string => typeof name === 'string',
  );
  const make = (wanted: readonly string[]): JsonObject => {
    const made = {};
    for (const name of wanted)
      setOwn(made, name, schemaValues(getOwn(properties as JsonObject, name), root, name, depth + 1)[0]);
    return made;
  };
  const least = make(names.filter((name) => required.includes(name)));
  return names.every((name) => required.includes(name)) ? [least] : [make(names), least];
}

function arrayValues(schema: JsonObject, root: JsonObject, name: string, depth: number): Json[] {
  const items = getOwn(schema, 'items');
  const length = Math.min(Math.max(integer(getOwn(schema, 'minItems')) ?? 1, 1), MAX_ALTERNATIVES);
  const values = schemaValues(items, root, name, depth + 1);
  return [Array.from({ length }, (_, i) => values[i % values.length]!)];
}

function numberValues(schema: JsonObject): Json[] {
  const step = typeOf(schema) === 'integer' ? 1 : 0.01;
  const above = finite(getOwn(schema, 'exclusiveMinimum'));
  const below = finite(getOwn(schema, 'exclusiveMaximum'));
  const least = finite(getOwn(schema, 'minimum')) ?? (above === null ? null : round(above + step));
  const most = finite(getOwn(schema, 'maximum')) ?? (below === null ? null : round(below - step));
  if (least !== null && most !== null) {
    const between = typeOf(schema) === 'integer' ? Math.floor((least + most) / 2) : round((least + most) / 2);
    return [...new Set([between, least, most])];
  }
  if (least !== null) return [...new Set([least, Math.max(least, 100), Math.max(least, 10_000)])];
  if (most !== null) return [...new Set([Math.min(most, 100), most])];
  return [100, 0, 10_000];
}

/** Texts by format, else the property's name, so that a reader sees what stands where. */
function textValue(schema: JsonObject, name: string): string {
  const formats: { readonly [format: string]: string } = {
    date: '2026-01-15',
    'date-time': '2026-01-15T09:00:00Z',
    time: '09:00:00Z',
    email: 'someone@example.com',
    uri: 'https://example.com/',
    url: 'https://example.com/',
    hostname: 'example.com',
    ipv4: '192.0.2.1',
    uuid: '00000000-0000-4000-8000-000000000000',
  };
  const format = getOwn(schema, 'format');
  const text =
    typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format]! : `sample ${name}`;
  const least = Math.min(integer(getOwn(schema, 'minLength')) ?? 0, MAX_TEXT);
  const most = Math.min(integer(getOwn(schema, 'maxLength')) ?? MAX_TEXT, MAX_TEXT);
  return text.padEnd(least, 'x').slice(0, most);
}

/** Follows `$ref` within the document and takes the first of alternatives. */
function resolve(schema: Json | undefined, root: JsonObject): JsonObject | null {
  let found = schema;
  for (let hops = 0; hops < MAX_DEPTH && isObject(found); hops++) {
    const reference = getOwn(found, '$ref');
    const alternative = list(getOwn(found, 'oneOf') ?? getOwn(found, 'anyOf') ?? getOwn(found, 'allOf'))[0];
    if (typeof reference === 'string') found = at(root, reference);
    else if (alternative !== undefined && getOwn(found, 'type') === undefined) found = alternative;
    else return found;
  }
  return null;
}

function at(root: JsonObject, reference: string): Json | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let value: Json | undefined = root;
  for (const part of reference.slice(2).split('/')) {
    if (!isObject(value)) return undefined;
    value = getOwn(value, part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return value;
}

function typeOf(schema: JsonObject): string {
  const type = getOwn(schema, 'type');
  const first = Array.isArray(type) ? type.find((word) => word !== 'null') : type;
  if (typeof first === 'string') return first;
  if (getOwn(schema, 'properties') !== undefined) return 'object';
  return getOwn(schema, 'items') === undefined ? 'string' : 'array';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function finite(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function integer(value: Json | undefined): number | null {
  const number = finite(value);
  return number === null ? null : Math.trunc(number);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
