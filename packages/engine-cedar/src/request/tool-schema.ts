/** What a tool's JSON Schema says of the numbers in its arguments. */
import { getOwn, isObject, type Json, type JsonObject, type ToolDefinition } from '@benchbook/model';

export type NumberKind = 'long' | 'decimal';

export interface ToolSchemaNode {
  /** null: the schema says nothing of numbers here. */
  readonly number: NumberKind | null;
  readonly members: ReadonlyMap<string, ToolSchemaNode>;
  /** Of array elements. */
  readonly items: ToolSchemaNode | null;
  /** Of members that are not named. */
  readonly others: ToolSchemaNode | null;
}

/** Finds the schema of a tool's arguments; without a server in either, the name decides. */
export type ToolSchemas = (name: string, server: string | undefined) => ToolSchemaNode | null;

/** A schema is as large as its author likes and may refer to itself. */
const MAX_DEPTH = 24;
const MAX_NODES = 20_000;

/** Reads all tools' schemas; the first of a name wins. */
export function toolSchemas(tools: readonly ToolDefinition[]): ToolSchemas {
  const byServer = new Map<string, ToolSchemaNode>();
  const byName = new Map<string, ToolSchemaNode>();
  for (const { name, server, inputSchema } of tools) {
    if (!inputSchema) continue;
    const node = new Reader(inputSchema).read(inputSchema, 0);
    if (!node) continue;
    const key = `${server ?? ''}\0${name}`;
    if (!byServer.has(key)) byServer.set(key, node);
    if (!byName.has(name)) byName.set(name, node);
  }
  return (name, server) => byServer.get(`${server ?? ''}\0${name}`) ?? byName.get(name) ?? null;
}

/** The node below `node` for a member or, with `-`, an array element. */
export function childSchema(node: ToolSchemaNode | null, key: string): ToolSchemaNode | null {
  if (!node) return null;
  return node.members.get(key) ?? node.others;
}

class Reader {
  readonly #root: JsonObject;
  #nodes = 0;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  read(schema: Json | undefined, depth: number): ToolSchemaNode | null {
    if (!isObject(schema) || depth > MAX_DEPTH || ++this.#nodes > MAX_NODES) return null;
    const alternatives = [schema, ...this.#alternatives(schema, depth)];
    const members = new Map<string, ToolSchemaNode>();
    let number: NumberKind | null = null;
    let items: ToolSchemaNode | null = null;
    let others: ToolSchemaNode | null = null;
    for (const one of alternatives) {
      const kind = numberKind(getOwn(one, 'type'));
      if (kind && number !== 'decimal') number = kind;
      const properties = getOwn(one, 'properties');
      for (const [name, property] of isObject(properties) ? Object.entries(properties) : []) {
        const member = this.read(property, depth + 1);
        if (member && !members.has(name)) members.set(name, member);
      }
      items ??= this.read(getOwn(one, 'items'), depth + 1);
      others ??= this.read(getOwn(one, 'additionalProperties'), depth + 1);
    }
    return { number, members, items, others };
  }

  /** Schemas that hold beside `schema`: `$ref`, `anyOf`, `oneOf`, `allOf`, and theirs. */
  #alternatives(schema: JsonObject, depth: number): JsonObject[] {
    if (depth > MAX_DEPTH) return [];
    const direct: Json[] = [];
    const reference = getOwn(schema, '$ref');
    if (typeof reference === 'string') direct.push(this.#resolve(reference));
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
      const list = getOwn(schema, keyword);
      if (Array.isArray(list)) direct.push(...(list as readonly Json[]));
    }
    return direct
      .filter(isObject)
      .flatMap((one) => (++this.#nodes > MAX_NODES ? [] : [one, ...this.#alternatives(one, depth + 1)]));
  }

  #resolve(reference: string): Json {
    if (!reference.startsWith('#/')) return null;
    let current: Json | undefined = this.#root;
    for (const token of reference.slice(2).split('/'))
      current = isObject(current)
        ? getOwn(current, token.replaceAll('~1', '/').replaceAll('~0', '~'))
        : undefined;
    return current ?? null;
  }
}

function numberKind(type: Json | undefined): NumberKind | null {
  const types = Array.isArray(type) ? (type as readonly Json[]) : [type];
  if (types.includes('number')) return 'decimal';
  return types.includes('integer') ? 'long' : null;
}
