import { RE2JS } from 're2js';
import { fail, type Meter, noOverload, type Value } from '../values/index.ts';

const MAX_PATTERN = 4096;
const MAX_CACHED = 500;
const cache = new Map<string, RE2JS | string>();

/** A pattern in RE2's syntax, compiled; its error as text where it is none. */
export function compilePattern(pattern: string): RE2JS | string {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const compiled = tryCompile(pattern);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function tryCompile(pattern: string): RE2JS | string {
  if (pattern.length > MAX_PATTERN) return `pattern longer than ${MAX_PATTERN} characters`;
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'not a pattern';
  }
}

/** `matches`: true where the pattern is found anywhere in the text. Linear in both (RE2). */
export function matches(meter: Meter, text: Value, pattern: Value): Value {
  if (typeof text !== 'string' || typeof pattern !== 'string') return noOverload('matches', text, pattern);
  const compiled = compilePattern(pattern);
  if (typeof compiled === 'string') return fail(`error parsing regexp: ${compiled}`);
  // Time grows with the text and the pattern; the factor keeps a budget's worth within seconds.
  meter.chargeText((text.length * compiled.programSize()) >> 4);
  return compiled.matcher(text).find();
}
