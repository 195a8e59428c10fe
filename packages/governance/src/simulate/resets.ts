import { getOwn, isObject, type Json } from '@benchbook/model';
import { parseData } from '@benchbook/workspace';
import { timeOf } from './clock.ts';
import type { Reset } from './options.ts';

const MAX_RESETS = 10_000;
const MAX_TEXT = 500;

/** Resets from JSON Lines, or from a YAML or JSON list, in the order of their times. */
export function parseResets(text: string): readonly Reset[] | { readonly error: string } {
  const read = /^\s*\{/.test(text) ? linesOf(text) : listOf(text);
  if ('error' in read) return read;
  if (read.values.length > MAX_RESETS) return { error: `more than ${MAX_RESETS} resets` };
  const resets: Reset[] = [];
  for (const [index, value] of read.values.entries()) {
    const member = (name: string): string | undefined => {
      const found = isObject(value) ? getOwn(value, name) : undefined;
      return typeof found === 'string' && found !== '' && found.length <= MAX_TEXT ? found : undefined;
    };
    const [at, rule, key, by, reason] = ['at', 'rule', 'key', 'by', 'reason'].map(member);
    if (!rule || !key || !by || !reason)
      return { error: `reset ${index + 1}: needs at, rule, key, by and reason, each a text` };
    if (at === undefined || timeOf(at) === undefined)
      return { error: `reset ${index + 1}: \`at\` must be a time with a zone, such as 2026-05-01T10:00:00Z` };
    resets.push({ at, rule, key, by, reason });
  }
  return resets.sort((a, b) => timeOf(a.at)! - timeOf(b.at)!);
}

type Read = { readonly values: readonly Json[] } | { readonly error: string };

function linesOf(text: string): Read {
  const values: Json[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch {
      return { error: `line ${index + 1} is no JSON` };
    }
  }
  return { values };
}

function listOf(text: string): Read {
  const { value, problems } = parseData(text);
  if (problems[0]) return { error: problems[0].message };
  if (value === undefined || value === null) return { values: [] };
  return Array.isArray(value) ? { values: value } : { error: 'must be a list of resets' };
}
