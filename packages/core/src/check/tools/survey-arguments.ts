import { type ByteSource, isObject, type Json, type ObservedField, toPointer } from '@benchbook/model';
import { readRecording } from '@benchbook/traces';

/** Paths that are kept, and how deep arguments are looked into. */
const MAX_PATHS = 20_000;
const MAX_DEPTH = 16;

/** Reads all recordings for the tools they use and the arguments these were given. Decides nothing. */
export async function surveyArguments(recordings: readonly ByteSource[]): Promise<{
  readonly fields: readonly Pick<ObservedField, 'tool' | 'pointer'>[];
  readonly calls: ReadonlyMap<string, number>;
}> {
  const calls = new Map<string, number>();
  const seen = new Map<string, { readonly tool: string; readonly pointer: string }>();
  const walk = (tool: string, pointer: string, value: Json, depth: number): void => {
    const key = `${tool}\n${pointer}`;
    if (depth > 0 && !seen.has(key) && seen.size < MAX_PATHS) seen.set(key, { tool, pointer });
    if (depth >= MAX_DEPTH) return;
    if (Array.isArray(value)) for (const item of value) walk(tool, `${pointer}/-`, item, depth + 1);
    else if (isObject(value))
      for (const [name, member] of Object.entries(value))
        walk(tool, pointer + toPointer([name]), member, depth + 1);
  };
  for (const recording of recordings) {
    for await (const batch of readRecording(recording)) {
      for (const { tool, args } of batch.calls) {
        calls.set(tool.name, (calls.get(tool.name) ?? 0) + 1);
        if (args) walk(tool.name, '/args', args, 0);
      }
    }
  }
  return { fields: [...seen.values()], calls };
}
