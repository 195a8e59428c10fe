import type { EngineInput } from '@benchbook/model';

const MAX_TOOLS = 500;

/** A first policy: the tools that exist are allowed, everything else is denied. */
export function scaffold(
  input: Pick<EngineInput, 'tools' | 'agents'>,
): readonly { path: string; text: string }[] {
  const names = [...new Set(input.tools.map((tool) => tool.name))].sort().slice(0, MAX_TOOLS);
  const list = names.length > 0 ? names.map((name) => `          ${celString(name)},\n`).join('') : '';
  const text = `# Which tools agents may use. A first draft: allow less than this.
name: tools
rule:
  id: tools
  match:
    - id: known
      condition: |
        tool.name in [
${list}        ]
      output: '"allow"'
    - id: unknown
      output: '"deny"'
      explanation: '"unknown tool " + tool.name'
`;
  return [{ path: 'policies/tools.cel.yaml', text }];
}

/** A CEL string literal that YAML block text can hold: everything beyond printable ASCII is escaped. */
function celString(text: string): string {
  const escaped = Array.from(text.toWellFormed(), (point) => {
    const code = point.codePointAt(0) ?? 0;
    if (point === '"' || point === '\\') return `\\${point}`;
    return code >= 0x20 && code < 0x7f ? point : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
