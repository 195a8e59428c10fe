import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '@benchbook/model';

/**
 * 1,432 expressions with what cel-go 0.33.2 (standard library, strings, math, encoders, bindings, optionals,
 * two-variable comprehensions) gave for them: written by hand for edges, the rest generated. `error`: it failed at
 * evaluation, `refused`: it did not compile.
 */
export const RECORDED = readFileSync(new URL('data/cel-go-0.33.2.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as [expression: string, result: string]);

/** The variables they were evaluated with. */
export const RECORDED_ARGS: JsonObject = { n: 5, s: 'hello', f: 1.5, l: [1, 'x'] as readonly Json[] };
export const RECORDED_TS = '2026-05-01T10:00:00Z';
