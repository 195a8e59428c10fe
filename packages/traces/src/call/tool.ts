/** A tool's name as policies see it, taken from the name as recorded. */
export interface ToolName {
  readonly name: string;
  readonly server?: string;
  readonly rawName?: string;
}

/** `mcp__server__tool` (Claude Code and others): the server is the shortest that leaves a tool. */
const MCP = /^mcp__(.+?)__(.+)$/s;
/** `target___tool` (AgentCore gateway; its target names have no underscore at the end). */
const TARGET = /^(.+?)___(.+)$/s;

/** Splits a prefixed name. `server`, where the recording tells it, stands against the prefix's. */
export function toolName(recorded: string, server?: string): ToolName {
  const told = server === undefined ? {} : { server };
  const exact = server === undefined ? undefined : `mcp__${server}__`;
  if (exact !== undefined && recorded.startsWith(exact) && recorded.length > exact.length)
    return { name: recorded.slice(exact.length), ...told, rawName: recorded };
  const [, prefix, name] = MCP.exec(recorded) ?? TARGET.exec(recorded) ?? [];
  if (prefix === undefined || name === undefined) return { name: recorded, ...told };
  return { name, server: server ?? prefix, rawName: recorded };
}
