/** Types of a tool's arguments where no Cedar schema tells them: from its JSON Schema, and from recordings. */
import {
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type ObservedField,
  pointerTokens,
  type ToolDefinition,
  toPointer,
} from '@benchbook/model';
import type { EditorType, Member } from './types.ts';

const MAX_DEPTH = 12;

/** The arguments of a tool by its JSON Schema; none where it has no schema. */
export function argumentMembers({ inputSchema }: ToolDefinition): readonly Member[] {
  return inputSchema ? membersOf(inputSchema, inputSchema, 0) : [];
}

/** What its JSON Schema says of the value at a pointer below `/args`; null: nothing. */
export function argumentSchema({ inputSchema }: ToolDefinition, pointer: string): JsonObject | null {
  const [first, ...tokens] = pointerTokens(pointer);
  if (first !== 'args' || !inputSchema) return null;
  let node: Json | undefined = inputSchema;
  for (const token of tokens) {
    const schema: JsonObject | null = dereference(node, inputSchema);
    if (!schema) return null;
    const properties: Json | undefined = getOwn(schema, 'properties');
    node =
      token === '-' ? getOwn(schema, 'items') : isObject(properties) ? getOwn(properties, token) : undefined;
  }
  return dereference(node, inputSchema);
}

/** Values that a JSON Schema lists as text. */
export function listedValues(schema: JsonObject): readonly string[] {
  const listed = getOwn(schema, 'enum') ?? [getOwn(schema, 'const') ?? null];
  return Array.isArray(listed) ? listed.filter((value): value is string => typeof value === 'string') : [];
}

function membersOf(schema: JsonObject, root: JsonObject, depth: number): Member[] {
  const properties = getOwn(schema, 'properties');
  const required = getOwn(schema, 'required');
  if (!isObject(properties) || depth > MAX_DEPTH) return [];
  return Object.entries(properties).map(([name, property]) => {
    const node = dereference(property, root);
    const doc = node ? getOwn(node, 'description') : undefined;
    return {
      name,
      type: node ? typeOf(node, root, depth + 1) : null,
      optional: !(Array.isArray(required) && required.includes(name)),
      doc: typeof doc === 'string' ? doc : '',
      place: null,
      ...(node ? { values: listedValues(node) } : {}),
    };
  });
}

function typeOf(schema: JsonObject, root: JsonObject, depth: number): EditorType | null {
  const written = getOwn(schema, 'type');
  const types = (Array.isArray(written) ? written : [written]).filter((one) => one !== 'null');
  if (types.length !== 1) return listedValues(schema).length ? { kind: 'string' } : null;
  switch (types[0]) {
    case 'string':
      return { kind: 'string' };
    case 'integer':
      return { kind: 'long' };
    case 'number':
      return { kind: 'extension', name: 'decimal' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array': {
      const items = dereference(getOwn(schema, 'items'), root);
      return { kind: 'set', element: items && depth < MAX_DEPTH ? typeOf(items, root, depth + 1) : null };
    }
    case 'object':
      return { kind: 'record', name: null, members: () => membersOf(schema, root, depth + 1) };
    default:
      return listedValues(schema).length ? { kind: 'string' } : null;
  }
}

function dereference(schema: Json | undefined, root: JsonObject): JsonObject | null {
  let current = schema;
  for (let hops = 0; hops < MAX_DEPTH && isObject(current); hops++) {
    const reference = getOwn(current, '$ref');
    if (typeof reference !== 'string') return current;
    if (!reference.startsWith('#/')) return null;
    let target: Json | undefined = root;
    for (const token of reference.slice(2).split('/'))
      target = isObject(target)
        ? getOwn(target, token.replaceAll('~1', '/').replaceAll('~0', '~'))
        : undefined;
    current = target;
  }
  return null;
}

/** Members directly below `pointer` that recordings show, of the given fields. */
export function observedMembers(fields: readonly ObservedField[], pointer: string): readonly Member[] {
  const depth = pointerTokens(pointer).length;
  const found = new Map<string, { types: Set<string>; isLeaf: boolean }>();
  for (const field of fields) {
    if (!field.pointer.startsWith(`${pointer}/`)) continue;
    const tokens = pointerTokens(field.pointer);
    const name = tokens[depth]!;
    if (name === '-') continue;
    const seen = found.get(name) ?? { types: new Set(), isLeaf: false };
    if (tokens.length === depth + 1) {
      seen.isLeaf = true;
      for (const type of field.types) seen.types.add(type);
    } else if (!seen.isLeaf) seen.types.add(tokens[depth + 1] === '-' ? 'array' : 'object');
    found.set(name, seen);
  }
  return [...found].map(([name, { types }]) => {
    const below = `${pointer}${toPointer([name])}`;
    return { name, type: observedType(types, fields, below), optional: false, doc: '', place: null };
  });
}

function observedType(
  types: ReadonlySet<string>,
  fields: readonly ObservedField[],
  pointer: string,
): EditorType | null {
  const kinds = [...types].filter((type) => type !== 'null');
  if (kinds.every((kind) => kind === 'integer' || kind === 'number') && kinds.length)
    return kinds.includes('number') ? { kind: 'extension', name: 'decimal' } : { kind: 'long' };
  if (kinds.length !== 1) return null;
  switch (kinds[0]) {
    case 'string':
      return { kind: 'string' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array': {
      const items = fields
        .filter((field) => field.pointer === `${pointer}/-`)
        .flatMap((field) => field.types);
      return { kind: 'set', element: items.length ? observedType(new Set(items), [], '') : null };
    }
    default:
      return { kind: 'record', name: null, members: () => observedMembers(fields, pointer) };
  }
}
