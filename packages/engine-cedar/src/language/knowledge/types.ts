import type { Location } from '@benchbook/model';

/** A type as completion and hover tell it. Members are looked up when asked for: a broken schema may be recursive. */
export type EditorType =
  | { readonly kind: 'string' | 'long' | 'boolean' }
  | { readonly kind: 'extension'; readonly name: string }
  | { readonly kind: 'set'; readonly element: EditorType | null }
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'record'; readonly name: string | null; members(): readonly Member[] };

/** An attribute of a record or an entity. */
export interface Member {
  readonly name: string;
  /** null: not known. */
  readonly type: EditorType | null;
  readonly optional: boolean;
  /** What its author says of it; plain text, may be empty. */
  readonly doc: string;
  /** Where a schema declares it. */
  readonly place: Location | null;
  /** Values that a JSON Schema lists. */
  readonly values?: readonly string[];
}

const MOST_SHOWN = 6;

/** A type in Cedar's words, on one line. */
export function typeText(type: EditorType | null, depth = 0): string {
  if (!type) return 'unknown';
  switch (type.kind) {
    case 'string':
      return 'String';
    case 'long':
      return 'Long';
    case 'boolean':
      return 'Bool';
    case 'extension':
    case 'entity':
      return type.name;
    case 'set':
      return `Set<${typeText(type.element, depth + 1)}>`;
    default:
      if (type.name !== null) return type.name;
      return depth > 1 ? '{ ... }' : recordText(type.members(), depth);
  }
}

function recordText(members: readonly Member[], depth: number): string {
  const shown = members
    .slice(0, MOST_SHOWN)
    .map(({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${typeText(type, depth + 1)}`);
  if (members.length > MOST_SHOWN) shown.push('...');
  return shown.length ? `{ ${shown.join(', ')} }` : '{}';
}

/** Distinct texts of several types. */
export function typesText(types: readonly (EditorType | null)[]): string {
  return [...new Set(types.map((type) => typeText(type)))].slice(0, 4).join(' | ');
}
