import { getOwn, isObject, type Json, type JsonObject, writeJson } from '@benchbook/model';
import { type EntityUid, uidJson } from '../policies/uid.ts';
import { type CedarType, EXTENSION_FUNCTIONS } from '../schema/types.ts';

/**
 * Values of Cedar's entity JSON as text that means the same without a schema: where the schema says so,
 * `{type, id}` becomes `{__entity}` and a bare string `{__extn}`, as Cedar itself reads them.
 */
export function explicitJson(value: Json, type: CedarType | null, refs: EntityUid[]): string {
  const escaped = entityOf(value, type?.kind === 'entity');
  if (escaped) {
    refs.push(escaped);
    return `{"__entity":${uidJson(escaped)}}`;
  }
  if (Array.isArray(value)) {
    const element = type?.kind === 'set' ? type.element : null;
    return `[${(value as readonly Json[]).map((item) => explicitJson(item, element, refs)).join(',')}]`;
  }
  if (type?.kind === 'extension') {
    if (typeof value === 'string')
      return `{"__extn":${writeJson({ fn: EXTENSION_FUNCTIONS[type.name], arg: value })}}`;
    if (isObject(value) && Object.hasOwn(value, 'fn') && !Object.hasOwn(value, '__extn'))
      return `{"__extn":${writeJson(value)}}`;
  }
  if (!isObject(value) || Object.hasOwn(value, '__extn')) return writeJson(value);
  const members = Object.entries(value).map(([key, member]) => {
    const memberType = type?.kind === 'record' ? (type.attributes.get(key) ?? null) : null;
    return `${JSON.stringify(key)}:${explicitJson(member, memberType, refs)}`;
  });
  return `{${members.join(',')}}`;
}

/** The uid in `{__entity: {type, id}}`, or in `{type, id}` where `implicit`. */
export function entityOf(value: Json | undefined, implicit: boolean): EntityUid | null {
  if (!isObject(value)) return null;
  const escaped = getOwn(value, '__entity');
  if (isObject(escaped)) return plainUid(escaped);
  return implicit ? plainUid(value) : null;
}

function plainUid(value: JsonObject): EntityUid | null {
  const type = getOwn(value, 'type');
  const id = getOwn(value, 'id');
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : null;
}
