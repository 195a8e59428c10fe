/** Reading JSON Schemas of tools' arguments, as far as editors need it. Bounded, whatever the schema. */
import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';

const MAX_DEPTH = 20;

/** The schemas that may hold at a path below a schema; `-` is any item of a list. */
export function schemasAt(root: JsonObject, path: readonly string[]): readonly JsonObject[] {
  let found = resolve(root, root, 0);
  for (const token of path.slice(0, MAX_DEPTH)) {
    found = found
      .flatMap((schema) => below(schema, token).flatMap((inner) => resolve(inner, root, 0)))
      .slice(0, 50);
  }
  return found;
}

/** The properties of an object's schema with what each says. */
export function propertiesOf(
  schema: JsonObject,
): readonly { name: string; schema: JsonObject; required: boolean }[] {
  const properties = getOwn(schema, 'properties');
  const required = getOwn(schema, 'required');
  if (!isObject(properties)) return [];
  return Object.entries(properties)
    .slice(0, 500)
    .map(([name, inner]) => ({
      name,
      schema: isObject(inner) ? inner : {},
      required: Array.isArray(required) && required.includes(name),
    }));
}

function below(schema: JsonObject, token: string): JsonObject[] {
  if (token === '-') {
    const items = getOwn(schema, 'items');
    if (isObject(items)) return [items];
  }
  const properties = getOwn(schema, 'properties');
  const inner = isObject(properties) ? getOwn(properties, token) : undefined;
  if (isObject(inner)) return [inner];
  const additional = getOwn(schema, 'additionalProperties');
  return isObject(additional) ? [additional] : [];
}

/** A schema with what it refers to, and the alternatives in it. */
function resolve(schema: JsonObject, root: JsonObject, depth: number): JsonObject[] {
  if (depth > MAX_DEPTH) return [];
  const reference = getOwn(schema, '$ref');
  if (typeof reference === 'string') {
    const target = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference);
    const definitions = target ? getOwn(root, target[1] ?? '') : undefined;
    const inner = isObject(definitions) ? getOwn(definitions, target?.[2] ?? '') : undefined;
    return isObject(inner) ? resolve(inner, root, depth + 1) : [];
  }
  const found = [schema];
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const parts = getOwn(schema, key);
    if (!Array.isArray(parts)) continue;
    for (const part of parts.slice(0, 20)) if (isObject(part)) found.push(...resolve(part, root, depth + 1));
  }
  return found.slice(0, 50);
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  integer: ['int'],
  number: ['double', 'int'],
  string: ['string'],
  boolean: ['bool'],
  array: ['list'],
  object: ['map'],
  null: ['null'],
};

/** CEL's types for a JSON type's name: a whole number is an `int` even where the schema says `number`. */
export function celTypes(type: string): readonly string[] {
  return Object.hasOwn(TYPES, type) ? (TYPES[type] ?? []) : [];
}

/** CEL's types of the values that a schema lets through; none where it does not say. */
export function typesOf(schema: JsonObject): readonly string[] {
  const type = getOwn(schema, 'type');
  const names = Array.isArray(type) ? type : [type];
  const types = names.flatMap((name) => (typeof name === 'string' ? celTypes(name) : []));
  if (types.length === 0 && isObject(getOwn(schema, 'properties'))) return ['map'];
  return types;
}

/** The values that a schema lists. */
export function listedValues(schema: JsonObject): readonly Json[] {
  const listed = getOwn(schema, 'enum');
  const only = getOwn(schema, 'const');
  return [...(Array.isArray(listed) ? listed.slice(0, 50) : []), ...(only === undefined ? [] : [only])];
}

/** What a schema says to people. */
export function descriptionOf(schema: JsonObject): string {
  const text = getOwn(schema, 'description') ?? getOwn(schema, 'title');
  return typeof text === 'string' ? text : '';
}
