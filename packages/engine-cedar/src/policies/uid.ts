import { unescapeString } from './lex.ts';

/** An entity's name: type with namespace, and id. */
export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

/** Equal uids give equal keys. Reads like Cedar's own notation. */
export function uidKey(uid: EntityUid): string {
  return `${uid.type}::${JSON.stringify(uid.id)}`;
}

/** A uid as the JSON that Cedar takes. Lone surrogates cannot reach Cedar and are replaced. */
export function uidJson(uid: EntityUid): string {
  return `{"type":${JSON.stringify(uid.type)},"id":${JSON.stringify(uid.id.toWellFormed())}}`;
}

/** Parses `Namespace::Type::"id"`; null where it is something else. */
export function parseUid(text: string): EntityUid | null {
  const match = /^\s*([A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*)\s*::\s*"((?:[^"\\]|\\[\s\S])*)"\s*$/.exec(text);
  if (!match) return null;
  return { type: match[1]!.replaceAll(/\s+/g, ''), id: unescapeString(match[2]!) };
}

/** The last part of a type's name: `Agent` of `Company::Agent`. */
export function baseName(type: string): string {
  return type.slice(type.lastIndexOf(':') + 1);
}
