import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineInput, EngineSession, LanguageFeatures, ToolKnowledge } from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { openSession, sourceFiles } from '../support.ts';

/** A schema with two tools, a group, and agents that are in users. */
export const SCHEMA = `// Who acts.
entity Agent in [User] {
  // Who answers for it.
  owner?: String,
  riskTier: String,
};
entity User, ToolServer;
type Caller = { id: String, roles?: Set<String> };
action moving;
// Pays money back.
action refund in [moving] appliesTo {
  principal: [Agent], resource: [ToolServer],
  context: { input: { amount: decimal, note?: String, "to-account"?: String }, user?: Caller },
};
action read_ticket appliesTo {
  principal: [Agent], resource: [ToolServer],
  context: { input: { ticket_id: String, tags: Set<String> }, user?: Caller },
};
`;

export const KNOWN: ToolKnowledge = {
  tools: [
    {
      name: 'refund',
      server: 'payments',
      description: 'Pay *money* back.',
      inputSchema: {
        type: 'object',
        properties: {
          amount: { type: 'number', description: 'In EUR.' },
          note: { type: 'string', enum: ['goodwill', 'fault'] },
        },
        required: ['amount'],
      },
    },
    { name: 'read_ticket', inputSchema: { type: 'object', properties: { ticket_id: { type: 'string' } } } },
  ],
  fields: [
    {
      tool: 'refund',
      pointer: '/args/amount',
      types: ['integer', 'number'],
      examples: [40, 12.5],
      calls: 14,
    },
    { tool: 'refund', pointer: '/args/note', types: ['string'], examples: ['goodwill', 'a "b"'], calls: 3 },
    { tool: 'read_ticket', pointer: '/args/tags/-', types: ['string'], examples: ['vip'], calls: 2 },
  ],
  calls: new Map([['refund', 14]]),
};

export interface Verbs extends LanguageFeatures {
  readonly session: EngineSession;
  /** The text of a file without its cursor. */
  readonly texts: Readonly<Record<string, string>>;
  /** Where the one `|` stood, in the file that has it. */
  readonly cursor: { readonly file: string; readonly offset: number };
}

/**
 * The verbs over files by path; a `¦` is the cursor (`|` is an operator of Cedar). `SCHEMA` stands beside them as
 * `s.cedarschema` unless another is given, or null.
 */
export async function verbs(
  marked: string | Readonly<Record<string, string>>,
  options: { schema?: string | null; input?: Partial<EngineInput> } = {},
): Promise<Verbs> {
  const files: Record<string, string> = typeof marked === 'string' ? { 'a.cedar': marked } : { ...marked };
  const schema = options.schema === undefined ? SCHEMA : options.schema;
  if (schema !== null) files['s.cedarschema'] ??= schema;
  let cursor = { file: '', offset: -1 };
  for (const [file, text] of Object.entries(files)) {
    const offset = text.indexOf('¦');
    if (offset < 0) continue;
    if (cursor.file) throw new Error('two cursors');
    cursor = { file, offset };
    files[file] = text.replace('¦', '');
  }
  const session = await openSession();
  session.update({ tools: [], agents: [], numbers: [], ...options.input, files: sourceFiles(files) });
  return { ...(session.language as LanguageFeatures), session, texts: files, cursor };
}

/** Cedar files of the samples, by path below `samples`. */
export function sampleFiles(suffix: string): Map<string, string> {
  const root = join(repositoryRoot, 'samples');
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith(suffix),
  );
  return new Map(found.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
