import type { Json, JsonObject } from '@benchbook/model';
import type { BuiltinInfo } from '../toolchain/protocol.ts';
import type { Index } from './index/facts.ts';
import type { RegoFile } from './index/file.ts';
import type { Occurrence } from './index/occurrences.ts';
import type { RegoWorkspace } from './index/workspace.ts';

/** What every verb works on: the latest files, read tolerantly, and what OPA knows. */
export interface Context extends Index {
  readonly workspace: RegoWorkspace;
  readonly builtins: ReadonlyMap<string, BuiltinInfo>;
  readonly mapping: Json | undefined;
  /** Base data, as far as it can be read. */
  data(): JsonObject;
  /** Rego version of a file: 0 or 1. */
  version(path: string): number;
  /** What a file names, by place. */
  occurrences(file: RegoFile): readonly Occurrence[];
  /** Type of a rule by its path below `data`, as OPA's checker found it last; '' where it knows none. */
  typeOf(path: readonly string[]): string;
  /** Entrypoints that the settings name. */
  readonly entrypoints: readonly string[];
}

/** What is named at an offset, what matters most first. */
export function occurrencesAt(context: Context, file: RegoFile, offset: number): readonly Occurrence[] {
  const all = context.occurrences(file);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.range.start <= offset) low = middle + 1;
    else high = middle;
  }
  const found: Occurrence[] = [];
  // Names hold no others, but those of functions hold a dot or two, and the package its path.
  for (let at = low - 1; at >= 0 && at >= low - 12; at--) {
    const { range } = all[at]!;
    if (offset <= range.end) found.unshift(all[at]!);
  }
  const inside = found.filter(({ range }) => offset < range.end);
  return inside.length > 0 ? inside : found;
}
