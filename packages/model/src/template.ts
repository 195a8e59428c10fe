import { isObject, type Json, type JsonObject, setOwn } from './json.ts';
import { pointersTouch, resolvePointer } from './pointer.ts';

/**
 * Fills a `mapping` template: a string that starts with `/` is a JSON Pointer into `source`, `{ "literal": x }`
 * is x itself, arrays and objects are filled member by member, everything else is a literal. What a pointer does
 * not find is undefined; such members are left out.
 */
export function fillTemplate(template: Json, source: Json): Json | undefined {
  if (typeof template === 'string')
    return template.startsWith('/') ? resolvePointer(source, template) : template;
  if (Array.isArray(template))
    return (template as readonly Json[]).map((item) => fillTemplate(item, source) ?? null);
  if (!isObject(template)) return template;
  if (isLiteral(template)) return template.literal;
  const filled: JsonObject = {};
  for (const [key, member] of Object.entries(template)) {
    const value = fillTemplate(member, source);
    if (value !== undefined) setOwn(filled, key, value);
  }
  return filled;
}

/** The JSON Pointers that a template reads, in order of appearance. */
export function templatePointers(template: Json): string[] {
  if (typeof template === 'string') return template.startsWith('/') ? [template] : [];
  if (Array.isArray(template)) return (template as readonly Json[]).flatMap(templatePointers);
  if (!isObject(template) || isLiteral(template)) return [];
  return Object.values(template).flatMap(templatePointers);
}

/** True where some of `reads` touches `pointer`. */
export function readsTouch(reads: readonly string[], pointer: string): boolean {
  return reads.some((read) => pointersTouch(read, pointer));
}

function isLiteral(template: JsonObject): template is { readonly literal: Json } {
  return Object.hasOwn(template, 'literal') && Object.keys(template).length === 1;
}
