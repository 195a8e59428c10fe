/** Cedar types in the schema syntax, from JSON Schemas of tools' arguments. */
import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import { attributeName, commentLine } from './cedar-text.ts';

/** A type, or why Cedar has none for it. */
export type SchemaType =
  | { readonly text: string; readonly nullable: boolean }
  | { readonly unsupported: string };

/** One argument of a tool. */
export interface Argument {
  readonly name: string;
  readonly type: SchemaType;
  readonly required: boolean;
}

const MAX_DEPTH = 12;

/** The arguments that a tool's JSON Schema describes, in its order. */
export function argumentsOf(inputSchema: JsonObject | undefined): Argument[] {
  return inputSchema ? membersOf(inputSchema, inputSchema, 1) : [];
}

/** A record type; what Cedar cannot hold is left out with a comment that says so. */
export function recordText(members: readonly Argument[], indent: string): string {
  if (!members.length) return '{}';
  const inner = `${indent}  `;
  const lines = members.map(({ name, type, required }) => {
    if ('unsupported' in type) return commentLine(`${name}: left out, ${type.unsupported}`, inner);
    const mark = required && !type.nullable ? '' : '?';
    return `${inner}${attributeName(name)}${mark}: ${type.text.replaceAll('\n', `\n${inner}`)},`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function membersOf(schema: JsonObject, root: JsonObject, depth: number): Argument[] {
  const properties = getOwn(schema, 'properties');
  const required = getOwn(schema, 'required');
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  return Object.entries(isObject(properties) ? properties : {}).map(([name, property]) => ({
    name,
    type: typeOf(property, root, depth),
    required: isRequired(name),
  }));
}

function typeOf(written: Json, root: JsonObject, depth: number): SchemaType {
  if (depth > MAX_DEPTH) return { unsupported: 'nested too deep, or without end' };
  const schema = dereference(written, root);
  if (!isObject(schema)) return { unsupported: 'its schema says nothing' };
  const alternatives = getOwn(schema, 'anyOf') ?? getOwn(schema, 'oneOf');
  if (Array.isArray(alternatives)) return join(alternatives.map((one) => typeOf(one, root, depth + 1)));
  const all = getOwn(schema, 'allOf');
  if (Array.isArray(all) && all.length === 1) return typeOf(all[0]!, root, depth + 1);
  const type = getOwn(schema, 'type');
  if (Array.isArray(type))
    return join((type as readonly Json[]).map((one) => typeOf({ ...schema, type: one }, root, depth + 1)));
  return single(schema, type ?? impliedType(schema), root, depth);
}

function single(schema: JsonObject, type: Json | undefined, root: JsonObject, depth: number): SchemaType {
  switch (type) {
    case 'string':
      return { text: 'String', nullable: false };
    case 'integer':
      return { text: 'Long', nullable: false };
    case 'number':
      return { text: 'decimal', nullable: false };
    case 'boolean':
      return { text: 'Bool', nullable: false };
    case 'null':
      return { text: '', nullable: true };
    case 'array': {
      const element = typeOf(getOwn(schema, 'items') ?? null, root, depth + 1);
      if ('unsupported' in element) return { unsupported: `its elements: ${element.unsupported}` };
      return element.text === '' ? element : { text: `Set<${element.text}>`, nullable: false };
    }
    case 'object': {
      const members = membersOf(schema, root, depth + 1);
      if (!members.length) return { unsupported: 'an object whose members no schema names' };
      return { text: recordText(members, ''), nullable: false };
    }
    default:
      return { unsupported: type === undefined ? 'no type' : `of type ${String(type)}` };
  }
}

/** Alternatives become one type only where Cedar has one for all of them; `null` makes it optional. */
function join(types: readonly SchemaType[]): SchemaType {
  const failed = types.find((type) => 'unsupported' in type);
  if (failed) return failed;
  const fit = types as readonly { readonly text: string; readonly nullable: boolean }[];
  const texts = [...new Set(fit.map(({ text }) => text).filter((text) => text !== ''))].sort();
  const nullable = fit.some((type) => type.nullable);
  if (texts.length === 1) return { text: texts[0]!, nullable };
  if (texts.join() === 'Long,decimal') return { text: 'decimal', nullable };
  return { unsupported: texts.length ? `one of several types (${kinds(texts)})` : 'always null' };
}

function kinds(texts: readonly string[]): string {
  return texts.map((text) => (text.startsWith('{') ? 'a record' : text.replace(/<[\s\S]*/, ''))).join(', ');
}

function impliedType(schema: JsonObject): string | undefined {
  if (Object.hasOwn(schema, 'properties')) return 'object';
  if (Object.hasOwn(schema, 'items')) return 'array';
  const listed = getOwn(schema, 'enum');
  const values = Array.isArray(listed) ? (listed as readonly Json[]) : [getOwn(schema, 'const')];
  if (values.every((value) => typeof value === 'string')) return 'string';
  return values.every((value) => Number.isInteger(value)) ? 'integer' : undefined;
}

function dereference(schema: Json, root: JsonObject): Json {
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
    current = target ?? null;
  }
  return isObject(current) && Object.hasOwn(current, '$ref') ? null : current;
}
