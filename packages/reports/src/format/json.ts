import { isObject, type Json, writeJson } from '@benchbook/model';

/**
 * JSON text with two spaces of indentation and a final line feed. `bigint` is written as plain digits and undefined
 * members are left out, as `writeJson` of the model does; keys keep the report's order.
 */
export function prettyJson(value: unknown): string {
  // In JSON a `#` stands in strings alone; build services take `##[` on any line for a command.
  return `${write(value as Json, '').replace(/##(?=\w*\[)/g, '\\u0023#')}\n`;
}

function write(value: Json | undefined, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => inner + write(item, inner));
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (!isObject(value)) return writeJson(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${inner}${JSON.stringify(key)}: ${write(member, inner)}`);
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}
