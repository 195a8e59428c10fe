import type { Call } from '@benchbook/model';
import { Output, type ReadProblem } from './call/output.ts';
import { formatOf } from './detect.ts';
import { isFailure, parseJson } from './json/parse.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** What one JSON document holds. */
export interface ReadText {
  /** null where it is of no known format, or no JSON. */
  readonly format: string | null;
  readonly calls: readonly Call[];
  readonly problems: readonly ReadProblem[];
}

/** Reads one JSON document of any known format, at once: for single calls, not for recordings. Never throws. */
export function readText(text: string, path: string): ReadText {
  const parsed = parseJson(text);
  const format = isFailure(parsed) ? undefined : formatOf(parsed.value);
  if (isFailure(parsed) || !format) {
    const message = isFailure(parsed) ? parsed.error : 'unknown format';
    return { format: null, calls: [], problems: [{ file: path, message }] };
  }
  const output = new Output(path, format.name, DEFAULT_LIMITS.held);
  const reader = format.open(output, DEFAULT_LIMITS);
  const place = { doubts: parsed.doubts, session: path };
  const items = Array.isArray(parsed.value) && !format.detect(parsed.value) ? parsed.value : [parsed.value];
  for (const item of items) reader.survey?.(item, place);
  for (const item of items) reader.read(item, place);
  reader.end();
  output.end();
  return { format: format.name, calls: output.calls, problems: output.problems };
}
