import {
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type ObservedField,
  pointerTokens,
  suggest,
  type ToolDefinition,
} from '@benchbook/model';

/**
 * What is known of an argument's path in one tool: `known`, `unknown`, or `open` where it may well be there though
 * nothing tells of it.
 */
export type Knowledge = 'known' | 'unknown' | 'open';

/** What the tools of a workspace take, from schemas and recordings. */
export interface ArgumentIndex {
  /** Declared and recorded tools, sorted. */
  readonly tools: readonly string[];
  has(tool: string): boolean;
  /** The tool that may have been meant by an unknown name. */
  nearestTool(name: string): string | undefined;
  /** `path`: steps below the arguments, `-` for items of a list. */
  argument(tool: string, path: readonly string[]): Knowledge;
  /** Names that may stand below `path`, sorted. */
  members(tool: string, path: readonly string[]): readonly string[];
}

/** Recorded calls from which on what was never recorded counts as absent, where no schema tells. */
const ENOUGH_CALLS = 10;

/** From so many fields on, others may have been left out of what recordings show. */
const MOST_FIELDS = 10_000;

/** Unknown names whose nearest tool is remembered. */
const MOST_NEAREST = 5_000;

/** Schemas below one another that are looked into: `$ref` may lead around. */
const MAX_DEPTH = 64;

/** Gathers the tools that are declared, and those that recordings show. */
export function argumentIndex(
  declared: readonly ToolDefinition[],
  fields: readonly Pick<ObservedField, 'tool' | 'pointer'>[],
  calls: ReadonlyMap<string, number>,
): ArgumentIndex {
  const schemas = new Map<string, (JsonObject | undefined)[]>();
  for (const { name, inputSchema } of declared)
    schemas.set(name, [...(schemas.get(name) ?? []), inputSchema]);
  const recorded = new Map<string, Map<string, Set<string>>>();
  for (const { tool, pointer } of fields) {
    const [head, ...path] = pointerTokens(pointer);
    if (head !== 'args') continue;
    const ofTool = recorded.get(tool) ?? new Map<string, Set<string>>();
    recorded.set(tool, ofTool);
    for (let length = 1; length <= path.length; length++) {
      const above = keyOf(path.slice(0, length - 1));
      const names = ofTool.get(above) ?? new Set<string>();
      ofTool.set(above, names.add(path[length - 1]!));
    }
  }
  const isFull = fields.length >= MOST_FIELDS;
  const names = new Set([...schemas.keys(), ...calls.keys(), ...recorded.keys()]);

  function isRecorded(tool: string, path: readonly string[]): boolean {
    return (
      recorded
        .get(tool)
        ?.get(keyOf(path.slice(0, -1)))
        ?.has(path.at(-1)!) === true
    );
  }

  const tools = [...names].sort();
  // A large file names the same unknown tool often, and is checked at every key stroke.
  const nearest = new Map<string, string | undefined>();
  return {
    tools,
    has: (tool) => names.has(tool),
    nearestTool(name) {
      if (!nearest.has(name)) {
        if (nearest.size >= MOST_NEAREST) nearest.clear();
        nearest.set(name, suggest(name, tools));
      }
      return nearest.get(name);
    },
    argument(tool, path) {
      if (path.length === 0 || isRecorded(tool, path)) return 'known';
      const own = schemas.get(tool);
      const told = own?.map((schema) => (schema ? lookUp(schema, path) : 'open')) ?? ['open'];
      if (told.includes('known')) return 'known';
      if (!told.includes('open')) return isFull ? 'open' : 'unknown';
      // Recordings alone tell: only where there are enough, and only of what stands beside something recorded.
      const isTold = own?.some((schema) => schema !== undefined) === true;
      const beside = recorded.get(tool)?.has(keyOf(path.slice(0, -1))) === true;
      return !isTold && !isFull && beside && (calls.get(tool) ?? 0) >= ENOUGH_CALLS ? 'unknown' : 'open';
    },
    members(tool, path) {
      const found = new Set(recorded.get(tool)?.get(keyOf(path)));
      for (const schema of schemas.get(tool) ?? [])
        if (schema) for (const name of membersAt(schema, path)) found.add(name);
      found.delete('-');
      return [...found].sort();
    },
  };
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}

function lookUp(root: JsonObject, path: readonly string[]): Knowledge {
  let level: readonly JsonObject[] = [root];
  for (const step of path) {
    const shapes = level.flatMap((schema) => alternatives(schema, root, 0));
    const below = shapes.flatMap((schema) => stepInto(schema, step));
    if (below.length === 0) return shapes.some((schema) => isOpen(schema, step)) ? 'open' : 'unknown';
    const objects = below.filter(isObject);
    // `true` or another schema without a word about it: anything may stand there.
    if (objects.length < below.length) return step === path.at(-1) ? 'known' : 'open';
    level = objects;
  }
  return 'known';
}

function membersAt(root: JsonObject, path: readonly string[]): string[] {
  let level: readonly JsonObject[] = [root];
  for (const step of path)
    level = level
      .flatMap((schema) => alternatives(schema, root, 0))
      .flatMap((schema) => stepInto(schema, step))
      .filter(isObject);
  return level
    .flatMap((schema) => alternatives(schema, root, 0))
    .flatMap((schema) => Object.keys(objectAt(schema, 'properties') ?? {}));
}

/** A schema with all that it is made of: what one of them tells, the tool may take. */
function alternatives(schema: JsonObject, root: JsonObject, depth: number): JsonObject[] {
  if (depth > MAX_DEPTH) return [{}];
  const parts: Json[] = [];
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const list = getOwn(schema, key);
    if (Array.isArray(list)) parts.push(...(list as readonly Json[]));
  }
  for (const key of ['if', 'then', 'else']) {
    const part = getOwn(schema, key);
    if (part !== undefined) parts.push(part);
  }
  const ref = getOwn(schema, '$ref');
  // What cannot be found says nothing: an empty schema, which is open.
  if (typeof ref === 'string') parts.push(resolve(root, ref) ?? {});
  const inner = parts.filter(isObject).flatMap((part) => alternatives(part, root, depth + 1));
  const { allOf: _, anyOf: __, oneOf: ___, $ref: ____, ...rest } = schema;
  const says = Object.keys(rest).some((key) => SAYS.has(key));
  return says || inner.length === 0 ? [rest, ...inner] : inner;
}

/** Keys by which a schema tells what may stand in it. */
const SAYS = new Set([
  'properties',
  'patternProperties',
  'additionalProperties',
  'items',
  'prefixItems',
  'type',
]);

function resolve(root: JsonObject, ref: string): JsonObject | undefined {
  if (!ref.startsWith('#')) return undefined;
  let current: Json | undefined = root;
  for (const step of pointerTokens(decoded(ref.slice(1)))) {
    if (!isObject(current)) return undefined;
    current = getOwn(current, step);
  }
  return isObject(current) ? current : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function stepInto(schema: JsonObject, step: string): Json[] {
  if (step === '-') {
    const items = getOwn(schema, 'items');
    const first = getOwn(schema, 'prefixItems');
    return [items, ...(Array.isArray(first) ? (first as readonly Json[]) : [])].filter(
      (one) => one !== undefined && one !== false,
    );
  }
  const own = getOwn(objectAt(schema, 'properties') ?? {}, step);
  return own === undefined || own === false ? [] : [own];
}

/** True where a schema lets a member through that it does not name. */
function isOpen(schema: JsonObject, step: string): boolean {
  if (step === '-') return getOwn(schema, 'type') === undefined || getOwn(schema, 'type') === 'array';
  if (Object.keys(objectAt(schema, 'patternProperties') ?? {}).length > 0) return true;
  const further = getOwn(schema, 'additionalProperties');
  if (further === true || isObject(further)) return true;
  if (further === false || objectAt(schema, 'properties')) return false;
  const type = getOwn(schema, 'type');
  return type === undefined || type === 'object' || Array.isArray(type);
}

function objectAt(schema: JsonObject, key: string): JsonObject | undefined {
  const value = getOwn(schema, key);
  return isObject(value) ? value : undefined;
}
