import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  EngineOptions,
  EngineSession,
  LanguageFeatures,
  SourceFile,
  ToolDefinition,
  ToolKnowledge,
} from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { engine } from '../../src/index.ts';

/** A session whose language features are all there. */
export type Opened = EngineSession & { readonly language: LanguageFeatures };

/** Files of the engine by path and text, as it would find them. */
export function sources(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => {
    const base = path.split('/').at(-1) ?? '';
    const pattern = engine.manifest.files.find(
      ({ suffix }) => base === suffix || (suffix.startsWith('.') && base.endsWith(suffix)),
    );
    if (!pattern) throw new Error(`no file of this engine: ${path}`);
    return { path, rootPath: path, role: pattern.role, language: pattern.language, text };
  });
}

/** Opens a session over texts; nothing is loaded yet. */
export async function open(
  texts: Readonly<Record<string, string>>,
  options: EngineOptions = {},
): Promise<Opened> {
  const session = await engine.open({ read: () => Promise.reject(new Error('no assets')) }, options);
  session.update({ files: sources(texts), tools: [], agents: [], numbers: [] });
  return session as Opened;
}

/** A text with `|` where the cursor stands. */
export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|>');
  if (offset < 0) throw new Error('no cursor `|>`');
  return { text: marked.slice(0, offset) + marked.slice(offset + 2), offset };
}

const PAY: ToolDefinition = {
  name: 'pay',
  server: 'bank',
  description: 'Sends *money*.',
  inputSchema: {
    type: 'object',
    properties: {
      amount: { type: 'number', description: 'How much.' },
      currency: { type: 'string', enum: ['EUR', 'USD'] },
      items: {
        type: 'array',
        items: { type: 'object', properties: { sku: { type: 'string' }, price: { type: 'integer' } } },
      },
      'cost-center': { type: 'string' },
    },
    required: ['amount'],
  },
};
const MAIL: ToolDefinition = {
  name: 'mail',
  inputSchema: { type: 'object', properties: { to: { type: 'string' }, body: { type: 'string' } } },
};

/** Two tools, and what some recordings show of them. */
export const KNOWN: ToolKnowledge = {
  tools: [PAY, MAIL],
  fields: [
    { tool: 'pay', pointer: '/args/amount', types: ['integer', 'number'], examples: [40, 99.5], calls: 12 },
    { tool: 'pay', pointer: '/args/note', types: ['string'], examples: ['rent'], calls: 3 },
    { tool: 'pay', pointer: '/context/cwd', types: ['string'], examples: ['/w'], calls: 2 },
    { tool: 'mail', pointer: '/args/to', types: ['string'], examples: ["o'hara@x.org"], calls: 1234 },
  ],
  calls: new Map([
    ['pay', 12],
    ['mail', 1234],
    ['browse', 1],
  ]),
};

export const NOTHING_KNOWN: ToolKnowledge = { tools: [], fields: [], calls: new Map() };

const SAMPLES = [
  'samples/coding-agent/policies/servers.cel',
  'samples/coding-agent/policies/servers.controls.yaml',
  'samples/coding-agent/policies/flow.cel.yaml',
  'samples/coding-agent/policies/trial/large-writes.cel.yaml',
  'samples/support-desk/policies/personal-data.cel.yaml',
  'samples/treasury/policies/limits.cel.yaml',
  'samples/treasury/policies/limits.controls.yaml',
  'samples/treasury/policies/limits.tests.yaml',
];

/** The CEL files of all samples by path. */
export function sampleTexts(): Record<string, string> {
  return Object.fromEntries(SAMPLES.map((path) => [path, readFileSync(join(repositoryRoot, path), 'utf8')]));
}
