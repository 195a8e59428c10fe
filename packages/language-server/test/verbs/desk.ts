/** One workspace in three languages, a real server over it, and what tests of single verbs need. */
import { pathToFileURL } from 'node:url';
import { textDocument } from '@benchbook/model';
import { call, dedent, type LspClient, nativeLines, tempWorkspace } from '@benchbook/testkit';
import type { Range } from 'vscode-languageserver';
import { serve } from '../harness.ts';

export const FILES = {
  'policies/pay.cedarschema': dedent`
    entity User;
    entity Agent in [User];
    entity ToolServer;
    action "refund" appliesTo {
      principal: [Agent],
      resource: [ToolServer],
      context: { input: { amount: Long, "reason"?: String } }
    };
    `,
  'policies/pay.cedar': dedent`
    // Grüße: refunds
    @id("small")
    permit (
      principal is Agent,
      action == Action::"refund",
      resource
    )
    when { context.input.amount < 100 };

    @id("never")
    forbid (principal, action, resource)
    when { context.input.amount > 900 && ip("10.0.0.1").isLoopback() };
    `,
  'policies/desk.rego': dedent`
    package desk

    limit := 100

    allow := true

    deny contains "too much" if too_much(input.args.amount)

    too_much(amount) if amount > limit
    `,
  'policies/limits.cel.yaml': dedent`
    name: limits
    rule:
      variables:
        - name: amount
          expression: args.amount
      match:
        - condition: variables.amount > 100 && size(tool.name) > 2
          output: "false"
    `,
  'tools/desk.json': JSON.stringify({
    tools: [
      {
        name: 'refund',
        description: 'Pays money back',
        inputSchema: {
          type: 'object',
          properties: { amount: { type: 'integer' }, reason: { type: 'string' } },
          required: ['amount'],
        },
      },
    ],
  }),
} as const;

export type File = Exclude<keyof typeof FILES, 'tools/desk.json'>;

/** The server over the workspace, with its policies open and its preview complete. */
export async function startDesk(): Promise<LspClient> {
  const traces = nativeLines([
    call({ session: 's', seq: 0, tool: 'refund', args: { amount: 40 } }),
    call({ session: 's', seq: 1, tool: 'refund', args: { amount: 400 } }),
  ]);
  const folder = await tempWorkspace({ ...FILES, 'traces/desk.jsonl': traces });
  const client = await serve({ folders: [pathToFileURL(folder).href] });
  for (const path of Object.keys(FILES)) {
    if (path.startsWith('policies/')) await client.open(path, FILES[path as File]);
  }
  return client;
}

/** The offset of `|` in `needle`, which stands once in the file. */
export function offsetOf(path: File, needle: string): number {
  const before = needle.indexOf('|');
  const plain = needle.replace('|', '');
  const at = FILES[path].indexOf(plain);
  if (before === -1 || at === -1) throw new Error(`'${needle}' is not in ${path}`);
  return at + before;
}

/** The lines in which something is marked, each with a line of carets below and what is said of it. */
export function shown(
  text: string,
  marks: readonly { readonly range: Range; readonly label?: string }[],
): string {
  const lines = text.split('\n');
  return [...marks]
    .sort(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    )
    .map(({ range: { start, end }, label }) => {
      const line = lines[start.line] ?? '';
      const width = Math.max(1, (end.line === start.line ? end.character : line.length) - start.character);
      const more = end.line === start.line ? '' : ` +${end.line - start.line} lines`;
      const said = label === undefined ? '' : ` ${label}`;
      return `${line}\n${' '.repeat(start.character)}${'^'.repeat(width)}${more}${said}`;
    })
    .join('\n');
}

/** A range as the text it holds. */
export function textAt(text: string, { start, end }: Range): string {
  const document = textDocument(text);
  return text.slice(
    document.offsetAt(start.line + 1, start.character + 1),
    document.offsetAt(end.line + 1, end.character + 1),
  );
}
