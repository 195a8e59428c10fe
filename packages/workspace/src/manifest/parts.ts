/** Kinds of values that several sections of the manifest have. */
import { z } from 'zod';
import { isSimpleGlob } from '../globs.ts';

const GLOBS = 'a list of globs, such as ["policies/**"]';
const IN_ROOT = 'a path below the workspace, without a leading `/` and without `..`';

export const anyGlob = z
  .string({ error: 'a string' })
  .min(1, { error: 'a name or glob, not an empty string' })
  .refine(isSimpleGlob, { error: 'a glob with at most 10 wildcards, 4 between two slashes' });

const glob = anyGlob.refine((pattern) => !/^!?\/|(^!?|\/)\.\.(\/|$)/.test(pattern), { error: IN_ROOT });

export const globs = z.array(glob, { error: GLOBS });

/** One file or folder of the workspace. */
export const path = z
  .string({ error: IN_ROOT })
  .min(1, { error: IN_ROOT })
  .refine((text) => !/^\/|(^|\/)\.\.(\/|$)/.test(text), { error: IN_ROOT });

export function between(least: number, most: number, what: string) {
  return z.number({ error: what }).min(least, { error: what }).max(most, { error: what });
}

export function wholeNumber(least: number, what: string) {
  return z.number({ error: what }).int({ error: what }).min(least, { error: what });
}

export const share = between(0, 1, 'a number from 0 to 1');
export const positive = z
  .number({ error: 'a number above 0' })
  .refine((value) => value > 0, { error: 'a number above 0' });
export const word = z.string({ error: 'a word' }).min(1, { error: 'a word, not an empty string' });

/** One of `words`. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}

export function section<Shape extends z.ZodRawShape>(shape: Shape, what: string) {
  return z.strictObject(shape, { error: what });
}
