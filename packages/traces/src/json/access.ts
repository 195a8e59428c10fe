import { isObject, type Json, type JsonObject } from '@benchbook/model';
import { isInexact } from './numbers.ts';

/** What readers take from values nobody has checked: of the right type, or undefined. */

export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A string that says something. */
export function word(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id: a string, or a number as its digits. */
export function identifier(value: Json | undefined): string | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : word(value);
}

export function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function object(value: Json | undefined): JsonObject | undefined {
  return isObject(value) && !isInexact(value) ? value : undefined;
}

export function array(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? (value as readonly Json[]) : undefined;
}

/** The objects of an array; none where it is no array. */
export function objects(value: Json | undefined): JsonObject[] {
  return (array(value) ?? []).filter((item): item is JsonObject => object(item) !== undefined);
}
