/** Members of a card as they are stated; null or nothing where they are not, or not rightly. */
import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';

/** Longest text that is taken over; a card is written by people. */
const MAX_TEXT = 10_000;
/** Entries of a list that are taken over. */
const MAX_ENTRIES = 1_000;

export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = getOwn(object, key);
  return isObject(value) ? value : {};
}

export function textAt(object: JsonObject, key: string): string | null {
  const value = getOwn(object, key);
  return isText(value) ? value : null;
}

export function wordAt<Word extends string>(
  object: JsonObject,
  key: string,
  words: readonly Word[],
): Word | null {
  const value = getOwn(object, key);
  return words.find((word) => word === value) ?? null;
}

/** A whole number above 0. */
export function countAt(object: JsonObject, key: string): number | null {
  const value = getOwn(object, key);
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

export function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = getOwn(object, key);
  return Array.isArray(value) ? (value as readonly Json[]).slice(0, MAX_ENTRIES) : [];
}

export function textsAt(object: JsonObject, key: string): readonly string[] {
  return listAt(object, key).filter(isText);
}

export function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT;
}
