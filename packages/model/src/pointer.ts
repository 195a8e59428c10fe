import { getOwn, isObject, type Json } from './json.ts';

/** The reference tokens of a JSON Pointer (RFC 6901), unescaped. `''` gives `[]`. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON Pointer from tokens. */
export function toPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at `pointer`, or undefined where there is none. */
export function resolvePointer(value: Json | undefined, pointer: string): Json | undefined {
  let current = value;
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(current)) current = /^(0|[1-9]\d*)$/.test(token) ? current[Number(token)] : undefined;
    else if (isObject(current)) current = getOwn(current, token);
    else return undefined;
  }
  return current;
}

/** True where one pointer is the other or lies above it: reading one reads (part of) the other. */
export function pointersTouch(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
