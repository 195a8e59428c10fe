import { isObject, type Json, type JsonObject } from '@benchbook/model';

/**
 * True where both lanes surely see the same value: integers up to 2^53, decimals of at most 15 digits without an
 * exponent, texts without NUL or lone surrogates.
 */
export function isPlain(value: Json): boolean {
  switch (typeof value) {
    case 'string':
      return isPlainText(value);
    case 'number':
      return isPlainNumber(value);
    case 'bigint':
      return false;
    case 'object':
      if (value === null) return true;
      if (isObject(value)) return isPlainObject(value);
      return value.every(isPlain);
    default:
      return true;
  }
}

function isPlainObject(object: JsonObject): boolean {
  for (const key of Object.keys(object)) {
    if (!isPlainText(key) || !isPlain(object[key]!)) return false;
  }
  return true;
}

const TROUBLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function isPlainText(text: string): boolean {
  return !TROUBLE.test(text);
}

function isPlainNumber(value: number): boolean {
  if (Number.isSafeInteger(value)) return true;
  const text = String(value);
  return !Number.isInteger(value) && !text.includes('e') && text.replace(/^-?0?\.?0*|\./g, '').length <= 15;
}

/** True where an object with more than one member stands at a guarded place: its order would show. */
export function isGuarded(input: Json, guards: readonly (readonly string[])[]): boolean {
  return guards.some((guard) => hits(input, guard, 0));
}

function hits(value: Json | undefined, guard: readonly string[], depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const part = guard[depth];
  if (part === undefined) return isObject(value) && Object.keys(value).length > 1;
  if (part !== '*') {
    const key = part.slice(1);
    return isObject(value) && Object.hasOwn(value, key) && hits(value[key], guard, depth + 1);
  }
  return Object.values(value).some((member) => hits(member, guard, depth + 1));
}
