import type { ControlTag } from '@benchbook/model';
import { frameworkKey } from '../reference/reference.ts';

/** What to change of a reference; what is absent stays as it is written. */
export interface Change {
  readonly framework?: string;
  readonly edition?: string;
  readonly id?: string;
}

/** A tag's text in its parts; together they are the text. */
interface Written {
  /** Quotes and space before it. */
  readonly lead: string;
  /** Where the framework stands in the text, and not as the key of an annotation. */
  readonly framework?: string;
  /** With its `@` where there is one. */
  readonly edition?: string;
  readonly colon: string;
  readonly id: string;
  /** What follows the id: a label, a quote. */
  readonly tail: string;
}

/**
 * Writes a changed reference in the form in which the tag stands: `framework[@edition]:id`, `[@]edition:id`, or the
 * id alone. undefined where the text does not hold the tag, or not the part that is to change.
 */
export function rewrite(tag: ControlTag, text: string, change: Change): string | undefined {
  const written = readWritten(tag, text);
  if (!written) return undefined;
  const { lead, framework, tail } = written;
  const id = change.id ?? written.id;
  const at = framework === undefined ? (written.edition?.startsWith('@') ? '@' : '') : '@';
  const edition = change.edition === undefined ? (written.edition ?? '') : at + change.edition;
  if (framework !== undefined)
    return `${lead}${change.framework ?? framework}${edition}${written.colon}${id}${tail}`;
  if (change.framework !== undefined) return undefined;
  return `${lead}${edition}${edition === '' ? '' : written.colon || ':'}${id}${tail}`;
}

function readWritten(tag: ControlTag, text: string): Written | undefined {
  const lead = /^[\s"']*/.exec(text)![0];
  const rest = text.slice(lead.length);
  const reference = /^([A-Za-z][\w-]*)(@[\w.-]+)?(\s*:\s*)/.exec(rest);
  if (reference && frameworkKey(reference[1]!) === frameworkKey(tag.framework)) {
    const [head, framework = '', edition, colon = ':'] = reference;
    const base = { lead, framework, colon, ...(edition === undefined ? {} : { edition }) };
    return withId(base, rest.slice(head.length), tag.id);
  }
  const [head = '', edition = '', colon = ''] = /^(@?[\w.-]{1,40})(\s*:\s*)/.exec(rest) ?? [];
  const bare = edition.replace('@', '');
  if (head === '' || (tag.edition !== bare && !tag.id.startsWith(head)))
    return withId({ lead, colon: '' }, rest, tag.id);
  const id = tag.id.startsWith(head) ? tag.id.slice(head.length) : tag.id;
  return withId({ lead, edition, colon }, rest.slice(head.length), id);
}

function withId(base: Omit<Written, 'id' | 'tail'>, rest: string, id: string): Written | undefined {
  return rest.startsWith(id) ? { ...base, id, tail: rest.slice(id.length) } : undefined;
}
