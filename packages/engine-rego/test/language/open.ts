import type { EngineOptions, EngineSession, LanguageFeatures, ToolKnowledge } from '@benchbook/model';
import { inputOf, openEngine } from '../open.ts';

/** Tools and what recordings show of them. */
export const KNOWN: ToolKnowledge = {
  tools: [
    {
      name: 'refund',
      server: 'payments',
      description: 'Pays *back*.',
      inputSchema: {
        type: 'object',
        properties: {
          amount: { type: 'number', description: 'In euros.' },
          reason: { type: 'string', enum: ['late', 'broken'] },
          items: {
            type: 'array',
            items: { type: 'object', properties: { sku: { type: 'string' }, price: { type: 'number' } } },
          },
        },
      },
    },
    {
      name: 'ship',
      inputSchema: {
        type: 'object',
        properties: { address: { type: 'string' }, amount: { type: 'integer' } },
      },
    },
  ],
  fields: [
    { tool: 'refund', pointer: '/args/amount', types: ['integer'], examples: [40, 12.5], calls: 1200 },
    { tool: 'refund', pointer: '/args/note', types: ['string'], examples: ['vip'], calls: 3 },
    { tool: 'ship', pointer: '/agent/team', types: ['string'], examples: ['depot'], calls: 7 },
  ],
  calls: new Map([
    ['refund', 1200],
    ['ship', 7],
    ['old_tool', 1],
  ]),
};

export const NOTHING: ToolKnowledge = { tools: [], fields: [], calls: new Map() };

/** Takes a `|` out of a text. A `||` stands for one that stays. */
export function cursor(marked: string): { text: string; offset: number } {
  const parts = marked.split(/(?<!\|)\|(?!\|)/);
  if (parts.length !== 2) throw new Error(`one cursor is wanted: ${marked}`);
  const [before, after] = parts.map((part) => part.replaceAll('||', '|'));
  return { text: before! + after!, offset: before!.length };
}

export interface Opened {
  readonly session: EngineSession;
  readonly language: LanguageFeatures;
  /** Gives the session files below `policies/`; the file with a cursor is told. */
  at(files: Readonly<Record<string, string>>): { path: string; offset: number; text: string };
}

export async function openLanguage(options: EngineOptions = {}): Promise<Opened> {
  const session = await openEngine(options);
  return {
    session,
    language: session.language as LanguageFeatures,
    at(files) {
      let found: { path: string; offset: number; text: string } | undefined;
      const texts = Object.entries(files).map(([name, marked]) => {
        if (!/(?<!\|)\|(?!\|)/.test(marked) || found) return [name, marked.replaceAll('||', '|')];
        const at = cursor(marked);
        found = { path: `policies/${name}`, ...at };
        return [name, at.text];
      });
      session.update(inputOf(Object.fromEntries(texts) as Record<string, string>));
      return found ?? { path: `policies/${Object.keys(files)[0]}`, offset: 0, text: texts[0]![1]! };
    },
  };
}

/** A text with `[` `]` put around ranges, by place. */
export function bracketed(text: string, ranges: readonly { start: number; end: number }[]): string {
  const marks = ranges.flatMap(({ start, end }) => [
    { at: start, sign: '[', order: 1 },
    { at: end, sign: ']', order: 0 },
  ]);
  marks.sort((a, b) => b.at - a.at || b.order - a.order);
  let out = text;
  for (const { at, sign } of marks) out = out.slice(0, at) + sign + out.slice(at);
  return out;
}

/** Applies edits to a text. */
export function applied(
  text: string,
  edits: readonly { range: { start: number; end: number }; newText: string }[],
): string {
  let out = text;
  for (const { range, newText } of [...edits].sort(
    (a, b) => b.range.start - a.range.start || b.range.end - a.range.end,
  )) {
    out = out.slice(0, range.start) + newText + out.slice(range.end);
  }
  return out;
}
