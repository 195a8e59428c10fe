import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import { type ManifestEngine, manifestJsonSchema } from '@benchbook/workspace';

/** One key of `benchbook.yaml`, or of a section of it. */
export interface ManifestKey {
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** `list`, `object`, `one of allow, deny, escalate`. */
  readonly type: string;
  /** The words that its value may be; empty where any. */
  readonly words: readonly string[];
}

/** What may stand in a document such as the manifest. */
export interface ManifestKeys {
  /** Keys below `path`, in the schema's order; list indexes are left out of paths. */
  below(path: readonly string[]): readonly ManifestKey[];
  at(path: readonly string[]): ManifestKey | undefined;
}

/** The keys for these engines. */
export function manifestKeys(engines: readonly ManifestEngine[]): ManifestKeys {
  return schemaKeys(() => manifestJsonSchema(engines));
}

/** What may stand in a document, from its JSON Schema, which is made on first use. */
export function schemaKeys(make: () => unknown): ManifestKeys {
  let root: JsonObject | undefined;
  function schemaAt(path: readonly string[]): JsonObject | undefined {
    root ??= make() as JsonObject;
    let schema: JsonObject | undefined = root;
    for (const step of path) schema = schema && object(properties(itemOf(schema)), step);
    return schema;
  }
  return {
    below(path) {
      const schema = schemaAt(path);
      return Object.entries(schema ? properties(itemOf(schema)) : {}).flatMap(([name, value]) =>
        isObject(value) ? [keyOf(name, value)] : [],
      );
    },
    at(path) {
      const schema = schemaAt(path);
      return schema && path.length > 0 ? keyOf(path.at(-1)!, schema) : undefined;
    },
  };
}

function keyOf(name: string, schema: JsonObject): ManifestKey {
  const values = getOwn(itemOf(schema), 'enum') ?? getOwn(schema, 'const');
  const words = (Array.isArray(values) ? values : values === undefined ? [] : [values]).map(String);
  const description = getOwn(schema, 'description');
  const type = getOwn(schema, 'type');
  return {
    name,
    description: typeof description === 'string' ? description : '',
    type: words.length > 0 ? `one of ${words.join(', ')}` : type === 'array' ? 'list' : wordOf(type),
    words,
  };
}

function wordOf(type: Json | undefined): string {
  return typeof type === 'string' ? type : 'value';
}

function itemOf(schema: JsonObject): JsonObject {
  const items = getOwn(schema, 'items');
  if (!isObject(items)) return schema;
  const choices = getOwn(items, 'anyOf');
  const listed = Array.isArray(choices) ? (choices as readonly Json[]) : [];
  return listed.filter(isObject).find((one) => isObject(getOwn(one, 'properties'))) ?? items;
}

function properties(schema: JsonObject): JsonObject {
  const own = getOwn(schema, 'properties');
  return isObject(own) ? own : {};
}

function object(parent: JsonObject, key: string): JsonObject | undefined {
  const value = getOwn(parent, key);
  return isObject(value) ? value : undefined;
}
