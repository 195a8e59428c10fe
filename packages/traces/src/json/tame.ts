import { isObject, type Json, MAX_JSON_DEPTH, setOwn, toPointer } from '@benchbook/model';
import { isInexact } from './numbers.ts';
import { Doubt } from './parse.ts';

/** True where a value nests deeper than {@link MAX_JSON_DEPTH}: such a value goes no further. */
export function tooDeep(value: Json | undefined, left: number = MAX_JSON_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => tooDeep(item as Json, left - 1));
  for (const key in value) if (tooDeep((value as Record<string, Json>)[key], left - 1)) return true;
  return false;
}

/**
 * A copy of `value` in which nothing is doubtful: half surrogate pairs are U+FFFD, inexact numbers their nearest
 * double (or left out), and the pointer of each stands in `lost`; for a key that of the `whole`. Unchanged
 * values come back as they are. Nesting must be bounded (see {@link tooDeep}).
 */
export function tame(value: Json, whole: string, doubts: number, lost: Set<string>): Json {
  return tameAt(value, [], { whole, doubts, lost }) ?? null;
}

interface Taming {
  readonly whole: string;
  readonly doubts: number;
  readonly lost: Set<string>;
}

function tameAt(value: Json, path: string[], taming: Taming): Json | undefined {
  if (typeof value === 'string') {
    if (soundText(value, taming.doubts)) return value;
    lose(path, taming);
    return value.toWellFormed();
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isInexact(value)) {
    lose(path, taming);
    return value.nearest;
  }
  if (Array.isArray(value)) {
    let copy: Json[] | undefined;
    value.forEach((item: Json, index) => {
      const tamed = tameAt(item, [...path, String(index)], taming) ?? null;
      if (tamed !== item) {
        copy ??= [...value];
        copy[index] = tamed;
      }
    });
    return copy ?? value;
  }
  return isObject(value) ? tameObject(value, path, taming) : value;
}

function tameObject(value: { readonly [key: string]: Json }, path: string[], taming: Taming): Json {
  const copy = {};
  let changed = false;
  for (const [key, member] of Object.entries(value)) {
    const sound = soundText(key, taming.doubts);
    if (!sound) taming.lost.add(taming.whole);
    const tamed = tameAt(member, [...path, key.toWellFormed()], taming);
    changed ||= tamed !== member || !sound;
    if (tamed !== undefined) setOwn(copy, key.toWellFormed(), tamed);
  }
  return changed ? copy : value;
}

function soundText(value: string, doubts: number): boolean {
  return value.isWellFormed() && !(doubts & Doubt.encoding && value.includes('\ufffd'));
}

function lose(path: string[], taming: Taming): void {
  taming.lost.add(taming.whole + toPointer(path));
}
