import { isObject, type Json, MAX_JSON_DEPTH } from '@benchbook/model';
import { isInexact } from './numbers.ts';

/** Most UTF-16 units of `argsRaw`. */
export const MAX_EXCERPT = 65_536;

/** The start of a text, never half a character. */
export function excerpt(text: string, length: number = MAX_EXCERPT): string {
  return (text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text).toWellFormed();
}

/** JSON text of a value of any size and depth, cut to {@link MAX_EXCERPT}; `…` where something was cut. */
export function excerptOf(value: Json): string {
  let out = '';
  const put = (part: string): boolean => {
    out += part;
    return out.length < MAX_EXCERPT;
  };
  const write = (item: Json, left: number): boolean => {
    if (isInexact(item)) return put(String(item.nearest ?? null));
    if (typeof item === 'bigint') return put(item.toString());
    if (typeof item !== 'object' || item === null) return put(JSON.stringify(item));
    if (left === 0) return put('…');
    if (Array.isArray(item)) {
      put('[');
      for (let i = 0; i < item.length; i++)
        if (!put(i ? ',' : '') || !write(item[i] as Json, left - 1)) return false;
      return put(']');
    }
    if (!isObject(item)) return put('null');
    put('{');
    let first = true;
    for (const [key, member] of Object.entries(item)) {
      if (!put(`${first ? '' : ','}${JSON.stringify(key)}:`) || !write(member, left - 1)) return false;
      first = false;
    }
    return put('}');
  };
  write(value, MAX_JSON_DEPTH);
  return excerpt(out);
}
