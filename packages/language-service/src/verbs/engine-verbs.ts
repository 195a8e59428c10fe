import type { Refusal } from '@benchbook/model';
import type { LanguageService } from '../api.ts';
import type { VerbContext } from './context.ts';

/** Runs a verb so that a failure costs its own answer alone. */
export type RunVerb = <Answer>(
  name: string,
  fallback: Answer,
  work: () => Promise<Answer>,
) => Promise<Answer>;

type EngineVerb =
  | 'definition'
  | 'references'
  | 'highlights'
  | 'prepareRename'
  | 'rename'
  | 'symbols'
  | 'folding'
  | 'selections'
  | 'tokens'
  | 'signature'
  | 'format';

/** The verbs that a language answers by itself, and what is said where it does not. */
export function engineVerbs(context: VerbContext, verb: RunVerb): Pick<LanguageService, EngineVerb> {
  return {
    definition: (path, offset) =>
      verb(
        'Go to definition',
        [],
        async () => (await context.ask(path, (f) => f.definition?.(path, offset))) ?? [],
      ),
    references: (path, offset, includeDefinition) =>
      verb(
        'Finding references',
        [],
        async () => (await context.ask(path, (f) => f.references?.(path, offset, includeDefinition))) ?? [],
      ),
    highlights: (path, offset) =>
      verb(
        'Highlighting',
        [],
        async () => (await context.ask(path, (f) => f.highlights?.(path, offset))) ?? [],
      ),
    prepareRename: (path, offset) =>
      verb('Rename', null, async () => {
        const answer = await context.ask(path, (f) =>
          f.prepareRename ? f.prepareRename(path, offset) : noLanguage('renaming'),
        );
        return answer === undefined ? noLanguage('renaming') : answer;
      }),
    rename: (path, offset, newName) =>
      verb('Rename', noLanguage('renaming'), async () => {
        const answer = await context.ask(path, (f) => f.rename?.(path, offset, newName));
        return answer ?? noLanguage('renaming');
      }),
    symbols: (path) =>
      verb('Symbols', [], async () => (await context.ask(path, (f) => f.symbols?.(path))) ?? []),
    folding: (path) =>
      verb('Folding', [], async () => (await context.ask(path, (f) => f.folding?.(path))) ?? []),
    selections: (path, offset) =>
      verb('Selection', [], async () => (await context.ask(path, (f) => f.selections?.(path, offset))) ?? []),
    tokens: (path) =>
      verb('Semantic tokens', [], async () => (await context.ask(path, (f) => f.tokens?.(path))) ?? []),
    signature: (path, offset) =>
      verb(
        'Signature help',
        null,
        async () => (await context.ask(path, (f) => f.signature?.(path, offset))) ?? null,
      ),
    format: (path) =>
      verb('Formatting', null, async () => (await context.ask(path, (f) => f.format?.(path))) ?? null),
  };
}

function noLanguage(what: string): Refusal {
  return { refused: `${what} is not possible in this file` };
}
