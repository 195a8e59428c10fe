import type { ByteSource, Json, JsonObject } from '@benchbook/model';
import { readRecording } from '@benchbook/traces';

/** What the recordings show of one argument. */
interface Observed {
  readonly types: Set<string>;
  seen: number;
}

/** A tool as MCP `tools/list` would tell it, as far as recordings show. */
export interface ObservedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** The tools that recordings use, with the types of their arguments; sorted by name. */
export async function observedTools(recordings: readonly ByteSource[]): Promise<ObservedTool[]> {
  const tools = new Map<string, { calls: number; args: Map<string, Observed> }>();
  for (const recording of recordings) {
    for await (const batch of readRecording(recording)) {
      for (const call of batch.calls) {
        const tool = tools.get(call.tool.name) ?? { calls: 0, args: new Map<string, Observed>() };
        tools.set(call.tool.name, tool);
        if (!call.args) continue;
        tool.calls++;
        for (const [name, value] of Object.entries(call.args)) observe(tool.args, name, value);
      }
    }
  }
  return [...tools]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { calls, args }]) => ({
      name,
      description: `Observed in ${calls} recorded calls.`,
      inputSchema: {
        type: 'object',
        properties: Object.fromEntries([...args].map(([arg, { types }]) => [arg, schemaOf(types)])),
        required: [...args].filter(([, { seen }]) => seen === calls).map(([arg]) => arg),
      },
    }));
}

function observe(args: Map<string, Observed>, name: string, value: Json): void {
  const observed = args.get(name) ?? { types: new Set<string>(), seen: 0 };
  args.set(name, observed);
  if (value === null) return;
  observed.seen++;
  observed.types.add(typeOf(value));
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function schemaOf(types: ReadonlySet<string>): JsonObject {
  const kinds = types.has('number') ? [...types].filter((type) => type !== 'integer') : [...types];
  return kinds.length === 1 ? { type: kinds[0]! } : {};
}
