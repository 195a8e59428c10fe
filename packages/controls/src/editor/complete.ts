import { builtinCatalogs } from '../catalog/builtin.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { idsOf } from '../catalog/ids.ts';
import type { ControlContext } from '../describe/describe.ts';
import { frameworkKey } from '../reference/reference.ts';
import { locateControl, resolveControl } from '../reference/resolve.ts';
import { compareText } from '../text/natural.ts';
import { wordsOf } from '../text/words.ts';
import { controlMarkdown } from './hover.ts';

/** One thing that may stand next in a reference. */
export interface ControlCompletion {
  readonly kind: 'framework' | 'edition' | 'id';
  readonly label: string;
  /** Written in place of the last `replaces` UTF-16 units before the cursor. */
  readonly insertText: string;
  readonly replaces: number;
  /** Title, on one line. */
  readonly detail: string;
  /** Markdown; empty for frameworks and editions. */
  readonly documentation: string;
}

const MOST = 200;

/**
 * What may follow `prefix`, the part of a reference before the cursor: a framework (``, `eu`), after `@` an edition,
 * after `:` an id, by its beginning or by words of its title. Where the framework stands elsewhere (the key of an
 * annotation) the caller puts it in front: `eu_ai_act:14(`. Underscores stay underscores. At most 200, in order.
 */
export function completeControls(prefix: string, context: ControlContext): readonly ControlCompletion[] {
  const text = prefix.slice(-200).trimStart();
  const [, framework, edition, typed] = /^([A-Za-z][\w-]*)(?:@([\w.-]*))?\s*:\s*(.*)$/s.exec(text) ?? [];
  if (framework !== undefined) return ids(framework, edition, typed ?? '', context).slice(0, MOST);
  const at = text.indexOf('@');
  if (at !== -1) return editions(text.slice(0, at), text.slice(at + 1), context).slice(0, MOST);
  return frameworks(text, context).slice(0, MOST);
}

function catalogsOf(context: ControlContext): readonly Catalog[] {
  return context.catalogs ?? builtinCatalogs();
}

function frameworks(typed: string, context: ControlContext): readonly ControlCompletion[] {
  const key = frameworkKey(typed);
  const titles = new Map<string, string>();
  for (const { framework, title } of catalogsOf(context))
    if (!titles.has(framework) && (framework.startsWith(key) || holds(title, typed)))
      titles.set(framework, title);
  return [...titles]
    .sort(([a], [b]) => compareText(a, b))
    .map(([framework, title]) => {
      const label = typed.includes('_') ? framework.replaceAll('-', '_') : framework;
      const what = { kind: 'framework', label, insertText: label, replaces: typed.length } as const;
      return { ...what, detail: title, documentation: '' };
    });
}

function editions(framework: string, typed: string, context: ControlContext): readonly ControlCompletion[] {
  const own = catalogsOf(context).filter((catalog) => catalog.framework === frameworkKey(framework));
  const found = [...new Set(own.flatMap((catalog) => catalog.editions))].filter((one) =>
    one.startsWith(typed),
  );
  return found
    .sort((a, b) => compareText(b, a))
    .map((edition) => {
      const what = { kind: 'edition', label: edition, insertText: edition, replaces: typed.length } as const;
      return { ...what, detail: own[0]?.title ?? '', documentation: '' };
    });
}

function ids(
  framework: string,
  edition: string | undefined,
  typed: string,
  context: ControlContext,
): readonly ControlCompletion[] {
  const tag = { framework, ...(edition ? { edition } : {}) };
  const catalogs = catalogsOf(context);
  const located = locateControl({ ...tag, id: typed }, context.editions, catalogs);
  const own = catalogs.filter(
    (one) => one.framework === located.framework && one.editions.includes(located.edition ?? ''),
  );
  if (own.length === 0) return qualified(framework, typed, context);
  // An edition in front of the id (`2026:LLM03`) is none of what is being typed.
  const start = located.id;
  const whole = { framework, ...(located.edition === null ? {} : { edition: located.edition }) };
  const described = own.flatMap((one) => idsOf(one, located.edition!).described);
  const all = own.flatMap((one) => idsOf(one, located.edition!).all);
  // What only exists in the structure comes up where nothing that is described is meant.
  const found =
    nonEmpty(described.filter(begins(start))) ??
    nonEmpty(described.filter((id) => holds(resolveTitle(id), start))) ??
    all.filter(begins(start));
  return found.slice(0, MOST).map((id) => ({
    kind: 'id',
    label: id,
    insertText: id,
    replaces: start === '' ? typed.length : start.length,
    detail: resolveTitle(id),
    documentation: controlMarkdown({ ...whole, id }, context),
  }));

  function resolveTitle(id: string): string {
    return resolveControl({ ...whole, id }, context.editions, catalogs).title;
  }
}

/** Where a framework has no edition to go by, each id comes with one: `2026:LLM03`. */
function qualified(framework: string, typed: string, context: ControlContext): readonly ControlCompletion[] {
  const own = catalogsOf(context).filter((catalog) => catalog.framework === frameworkKey(framework));
  const all = own.flatMap((catalog) => catalog.editions).sort((a, b) => compareText(b, a));
  const bare = typed.replace(/^@?[\w.-]*:/, '');
  return [...new Set(all)].flatMap((edition) =>
    ids(framework, edition, bare, context)
      .filter(({ label }) => `${edition}:${label}`.startsWith(typed) || bare === typed)
      .map((one) => {
        const text = `${edition}:${one.label}`;
        return { ...one, label: text, insertText: text, replaces: typed.length };
      }),
  );
}

function nonEmpty(items: readonly string[]): readonly string[] | undefined {
  return items.length > 0 ? items : undefined;
}

function begins(typed: string): (id: string) => boolean {
  const start = typed.toLowerCase();
  return (id) => id.toLowerCase().startsWith(start);
}

/** Every word that was typed begins a word of the title. */
function holds(title: string, typed: string): boolean {
  const words = wordsOf(title);
  const asked = typed.match(/[A-Za-z]{3,}/g) ?? [];
  return asked.length > 0 && asked.every((one) => words.some((word) => word.startsWith(one.toLowerCase())));
}
