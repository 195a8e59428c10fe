/** Sample calls from the argument schemas of tools, as lines of a native recording. */
import {
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
  type ToolDefinition,
  writeJson,
} from '@benchbook/model';
import { objectValues, schemaValues } from './schema-values.ts';

/** Calls of one tool at most, and tools at most. */
const MOST_CALLS = 12;
const MOST_TOOLS = 500;

export interface SampleOptions {
  /** Id of the agent that makes the calls. */
  readonly agent: string;
  readonly user: string;
}

/**
 * One session for each tool, by name: the call with all arguments, the one with what is required, then one for each
 * further value of an argument (a word of an `enum`, a limit of a number). Labelled `sample`, so that nobody takes
 * them for what an agent did.
 */
export function sampleCalls(tools: readonly ToolDefinition[], options: SampleOptions): string[] {
  const sorted = [...tools].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return sorted.slice(0, MOST_TOOLS).flatMap((tool) =>
    sampleArguments(tool.inputSchema ?? {}).map((args, seq) =>
      writeJson({
        v: 1,
        kind: 'tool',
        session: `sample-${tool.name}`,
        seq,
        agent: { id: options.agent },
        user: { id: options.user },
        tool: { name: tool.name, ...(tool.server === undefined ? {} : { server: tool.server }) },
        args,
        labels: { sample: true },
      }),
    ),
  );
}

/** Distinct arguments, the fullest first. */
export function sampleArguments(schema: JsonObject): JsonObject[] {
  const [full = {}, ...rest] = objectValues(schema, schema);
  const properties = getOwn(schema, 'properties');
  const varied = Object.keys(full).flatMap((name) => {
    const values = isObject(properties) ? schemaValues(getOwn(properties, name), schema, name, 1) : [];
    return values.slice(1).map((value) => withMember(full, name, value));
  });
  const distinct = new Map([full, ...rest, ...varied].map((args) => [writeJson(args), args]));
  return [...distinct.values()].slice(0, MOST_CALLS);
}

function withMember(object: JsonObject, name: string, value: Json): JsonObject {
  const made = {};
  for (const [key, member] of Object.entries(object)) setOwn(made, key, member);
  setOwn(made, name, value);
  return made;
}
