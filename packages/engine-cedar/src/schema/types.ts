/** Cedar's types, common types resolved. */
export type CedarType =
  | { readonly kind: 'string' | 'long' | 'boolean' }
  | { readonly kind: 'set'; readonly element: CedarType }
  | RecordType
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'extension'; readonly name: ExtensionName };

export interface RecordType {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, CedarType>;
}

export type ExtensionName = 'decimal' | 'ipaddr' | 'datetime' | 'duration';

/** The function that makes a value of an extension type from a string. */
export const EXTENSION_FUNCTIONS: Readonly<Record<ExtensionName, string>> = {
  decimal: 'decimal',
  ipaddr: 'ip',
  datetime: 'datetime',
  duration: 'duration',
};

/** A type as Cedar's JSON schema tells it, entity and common names qualified. */
export interface JsonType {
  readonly type: string;
  readonly name?: string;
  readonly element?: JsonType;
  readonly attributes?: Readonly<Record<string, JsonType>>;
}

/** Cedar refuses recursive common types; the bound is for what slips through. */
const MAX_TYPE_DEPTH = 64;

/** Turns JSON types into {@link CedarType}, looking names up in `common` and `entities`. */
export function typeReader(common: ReadonlyMap<string, JsonType>, entities: ReadonlySet<string>) {
  return function read(type: JsonType | undefined, depth = 0): CedarType | null {
    if (!type || depth > MAX_TYPE_DEPTH) return null;
    switch (type.type) {
      case 'Set': {
        const element = read(type.element, depth + 1);
        return element && { kind: 'set', element };
      }
      case 'Record': {
        const attributes = new Map<string, CedarType>();
        for (const [name, member] of Object.entries(type.attributes ?? {})) {
          const found = read(member, depth + 1);
          if (found) attributes.set(name, found);
        }
        return { kind: 'record', attributes };
      }
      case 'Entity':
        return { kind: 'entity', name: type.name ?? '' };
      case 'EntityOrCommon':
      case 'Extension':
        return named(type.name ?? '', depth);
      default:
        return named(type.type, depth);
    }
  };

  function named(name: string, depth: number): CedarType | null {
    const definition = common.get(name);
    if (definition) return typeReader(common, entities)(definition, depth + 1);
    switch (name.replace(/^__cedar::/, '')) {
      case 'String':
        return { kind: 'string' };
      case 'Long':
        return { kind: 'long' };
      case 'Boolean':
      case 'Bool':
        return { kind: 'boolean' };
      case 'decimal':
      case 'ipaddr':
      case 'datetime':
      case 'duration':
        return { kind: 'extension', name: name.replace(/^__cedar::/, '') as ExtensionName };
      default:
        return entities.has(name) ? { kind: 'entity', name } : null;
    }
  }
}
