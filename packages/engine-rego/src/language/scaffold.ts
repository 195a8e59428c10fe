import type { EngineInput } from '@benchbook/model';

const MAX_TOOLS = 500;

/** A first policy: the tools that exist are allowed, everything else is denied. */
export function scaffold(
  input: Pick<EngineInput, 'tools' | 'agents'>,
): readonly { path: string; text: string }[] {
  const names = [...new Set(input.tools.map((tool) => tool.name))].sort().slice(0, MAX_TOOLS);
  const known =
    names.length === 0 ? 'set()' : `{\n${names.map((name) => `\t${JSON.stringify(name)},\n`).join('')}}`;
  const text = `# Which tools agents may use. A first draft: allow less than this.
package agent.tools

known := ${known}

default allow := false

allow if input.tool.name in known
`;
  return [{ path: 'policies/agent/tools.rego', text }];
}
