/** Scratch policies in three languages over real recordings: tests write a text, ask, and see it marked. */
import { pathToFileURL } from 'node:url';
import { type TextRange, textDocument } from '@benchbook/model';
import { call, dedent, type LspClient, nativeLines, renderMarked, tempWorkspace } from '@benchbook/testkit';
import { expect } from 'vitest';
import type { Diagnostic, Range } from 'vscode-languageserver';
import { serve } from '../harness.ts';

/** `refund` is declared and recorded, `ship` declared alone, `mail` recorded alone; so is `reason` of `refund`. */
const TOOLS = {
  tools: [
    {
      name: 'refund',
      description: 'Pays money back.',
      inputSchema: {
        type: 'object',
        properties: { amount: { type: 'integer', description: 'In cents.' } },
        required: ['amount'],
      },
    },
    {
      name: 'ship',
      description: 'Sends a parcel.',
      inputSchema: { type: 'object', properties: { address: { type: 'string' } } },
    },
  ],
};

const CALLS = [
  call({ session: 's', seq: 0, tool: 'refund', args: { amount: 40 } }),
  call({ session: 's', seq: 1, tool: 'refund', args: { amount: 400, reason: 'late' } }),
  call({ session: 's', seq: 2, tool: 'mail', args: { to: 'ada@example.org' } }),
];

export const CEDARSCHEMA = dedent`
  // Who acts.
  entity Agent { owner?: String, tier: Long };
  entity ToolServer;
  action "refund", "mail" appliesTo {
    principal: [Agent],
    resource: [ToolServer],
    context: { input: { amount?: Long, reason?: String, to?: String } }
  };
  `;

/** Texts that decide nothing and hold no finding. */
const FILES: Readonly<Record<string, string>> = {
  'policies/a.cedar': '',
  'policies/a.rego': 'package a\n',
  'policies/lib.rego': 'package lib\n\nsmall(x) if x < 100\n\nlimit := 9\n',
  'policies/a.cel.yaml': 'name: a\nrule:\n  match:\n    - id: one\n      output: "true"\n',
  'policies/a.cel': 'true',
};

export interface Sheet {
  readonly client: LspClient;
  /** Replaces the whole text of a file that is open. */
  write(path: string, text: string): Promise<void>;
  /** What is told of a text, marked; hints are left out. */
  told(path: string): string;
  /** Writes a marked text without its marks, and waits until just what they say is told. */
  check(path: string, marked: string): Promise<void>;
  /** A request at the `|` of a text, which replaces the file's (`\|` is a bar). */
  at<Result>(method: string, path: string, marked: string, more?: object): Promise<Result>;
}

/** The server over the scratch files and `more`, all open, once the recordings are known. */
export async function openSheet(more: Readonly<Record<string, string>> = {}): Promise<Sheet> {
  const files = {
    'tools/desk.json': JSON.stringify(TOOLS),
    'traces/desk.jsonl': nativeLines(CALLS),
    ...FILES,
    ...more,
  };
  const folder = await tempWorkspace(files);
  const client = await serve({ folders: [pathToFileURL(folder).href] });
  for (const [path, text] of Object.entries(files)) {
    if (path.startsWith('policies/')) await client.open(path, text);
  }
  const isComplete = ({ method, params }: (typeof client.received)[number]): boolean => {
    const { decided, total } = (params ?? {}) as Record<string, unknown>;
    return method === 'benchbook/status' && decided === CALLS.length && total === CALLS.length;
  };
  await client.until(() => client.received.some(isComplete), 'the whole preview', 40_000);

  const write = (path: string, text: string) => client.edit(path, 0, client.text(path).length, text);
  const told = (path: string) => {
    const text = client.text(path);
    const { version, diagnostics } = client.diagnostics(path);
    if (version !== client.version(path))
      return `${text}\n(nothing is told of version ${client.version(path)})`;
    return renderMarked(text, diagnostics.filter(({ severity }) => severity !== HINT).map(finding), '');

    function finding({ range, code, message }: Diagnostic) {
      return { range: offsets(text, range), code: String(code), message: String(message) };
    }
  };
  return {
    client,
    write,
    told,
    async check(path, marked) {
      const text = marked
        .split('\n')
        .filter((line) => !/^\s*\^/.test(line))
        .join('\n');
      await write(path, text);
      await expect.poll(() => told(path), { timeout: 15_000 }).toBe(marked);
    },
    async at(method, path, marked, more = {}) {
      const offset = marked.search(/(?<!\\)\|/);
      if (offset < 0) throw new Error(`no cursor in: ${marked}`);
      const before = marked.slice(0, offset).replaceAll('\\|', '|');
      await write(path, before + marked.slice(offset + 1).replaceAll('\\|', '|'));
      return client.at(method, path, before.length, more);
    },
  };
}

const HINT = 4;

/** A range of LSP as offsets. */
export function offsets(text: string, { start, end }: Range): TextRange {
  const document = textDocument(text);
  return {
    start: document.offsetAt(start.line + 1, start.character + 1),
    end: document.offsetAt(end.line + 1, end.character + 1),
  };
}
