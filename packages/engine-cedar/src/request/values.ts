import {
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type ObservedNumber,
  pointerTokens,
  resolvePointer,
  toPointer,
} from '@benchbook/model';
import type { EntityUid } from '../policies/uid.ts';
import { uidJson } from '../policies/uid.ts';
import { type CedarType, EXTENSION_FUNCTIONS, type ExtensionName } from '../schema/types.ts';
import { decimalText, isDecimalText, longText } from './decimal.ts';
import { below, type PathTree } from './path-tree.ts';
import { childSchema, type NumberKind, type ToolSchemaNode } from './tool-schema.ts';

/** Deepest nesting given to Cedar: its JSON reader stops at 128, request and context included. */
export const MAX_VALUE_DEPTH = 64;
/** Longest string given to Cedar, in UTF-16 units; it is copied several times there. */
export const MAX_STRING_LENGTH = 8 * 2 ** 20;

export interface ValueOptions {
  /** Round decimals toward zero to four digits. */
  readonly truncate: boolean;
  /** What recordings show, by `numberKey`. */
  readonly observed: ReadonlyMap<string, NumberKind>;
  /** Whether Cedar takes `text` as a value of an extension type. */
  readonly isExtensionText: (name: ExtensionName, text: string) => boolean;
}

/** Key of {@link ValueOptions.observed}. */
export function numberKey(tool: string, path: string): string {
  return `${tool}\0${path}`;
}

/** Indexes what recordings show of numbers. */
export function observedNumbers(numbers: readonly ObservedNumber[]): Map<string, NumberKind> {
  return new Map(numbers.map(({ tool, path, type }) => [numberKey(tool, path), type]));
}

/** Keys that Cedar's JSON takes for entities and extension values: a call must not be able to name one. */
const ESCAPES: ReadonlySet<string> = new Set(['__entity', '__extn', '__expr']);

/**
 * Writes plain JSON as Cedar's JSON text. What Cedar cannot hold is left out, its JSON Pointer told in
 * `missing`; `null` is absent.
 */
export class ValueWriter {
  readonly missing: string[] = [];
  /** Entities that were written. */
  readonly refs: EntityUid[] = [];
  readonly #options: ValueOptions;
  readonly #tool: string;
  /** Reference tokens of the value at hand; array indexes as numbers. */
  #trail: (string | number)[] = [];

  constructor(options: ValueOptions, tool: string) {
    this.#options = options;
    this.#tool = tool;
  }

  /** Fills a `mapping` template, cut to what `tree` reads and `type` declares. undefined: nothing is there. */
  template(
    template: Json,
    type: CedarType | null,
    tree: PathTree,
    facts: JsonObject,
    argsSchema: ToolSchemaNode | null,
  ): string | undefined {
    if (typeof template === 'string' && template.startsWith('/')) {
      const found = resolvePointer(facts, template);
      if (found === undefined) return undefined;
      const tokens = pointerTokens(template);
      this.#trail = [...tokens];
      const schema =
        tokens[0] === 'args' ? tokens.slice(1).reduce<ToolSchemaNode | null>(childSchema, argsSchema) : null;
      const text = this.value(found, type, schema, tree);
      this.#trail = [];
      return text;
    }
    if (Array.isArray(template)) {
      const element = type?.kind === 'set' ? type.element : null;
      const items = (template as readonly Json[]).map((item) =>
        this.template(item, element, true, facts, argsSchema),
      );
      return `[${items.filter((item) => item !== undefined).join(',')}]`;
    }
    if (!isObject(template)) return this.value(template, type, null, tree);
    const keys = Object.keys(template);
    if (keys.length === 1 && keys[0] === 'literal') return this.value(template.literal!, type, null, tree);
    return this.#members(keys, type, tree, (key, memberType, memberTree) =>
      this.template(getOwn(template, key)!, memberType, memberTree, facts, argsSchema),
    );
  }

  /** Writes a value; undefined where it is null or does not fit. */
  value(
    value: Json,
    type: CedarType | null,
    schema: ToolSchemaNode | null,
    tree: PathTree,
  ): string | undefined {
    switch (typeof value) {
      case 'boolean':
        return !type || type.kind === 'boolean' ? String(value) : this.#miss();
      case 'number':
      case 'bigint':
        return this.#number(value, type, schema) ?? this.#miss();
      case 'string':
        return this.#string(value, type) ?? this.#miss();
      default:
    }
    if (value === null) return undefined;
    if (this.#trail.length > MAX_VALUE_DEPTH) return this.#miss();
    return Array.isArray(value)
      ? this.#array(value as readonly Json[], type, schema)
      : this.#object(value as JsonObject, type, schema, tree);
  }

  #miss(): undefined {
    this.missing.push(toPointer(this.#trail.map(String)));
  }

  #number(value: number | bigint, type: CedarType | null, schema: ToolSchemaNode | null): string | null {
    const { truncate } = this.#options;
    if (!type) {
      if (this.#kindOf(value, schema) === 'long') return longText(value);
      const text = decimalText(value, truncate);
      return text && `{"__extn":{"fn":"decimal","arg":"${text}"}}`;
    }
    if (type.kind === 'long') return longText(value);
    if (type.kind !== 'extension' || type.name !== 'decimal') return null;
    const text = decimalText(value, truncate);
    return text && `{"__extn":{"fn":"decimal","arg":"${text}"}}`;
  }

  #kindOf(value: number | bigint, schema: ToolSchemaNode | null): NumberKind {
    if (schema?.number) return schema.number;
    const path = toPointer(this.#trail.map((token) => (typeof token === 'number' ? '-' : token)));
    const observed = this.#options.observed.get(numberKey(this.#tool, path));
    return observed ?? (typeof value === 'bigint' || Number.isInteger(value) ? 'long' : 'decimal');
  }

  #string(value: string, type: CedarType | null): string | null {
    // A lone surrogate has no UTF-8: no policy engine would have got this text as it stands.
    if (value.length > MAX_STRING_LENGTH || !value.isWellFormed()) return null;
    if (!type || type.kind === 'string') return JSON.stringify(value);
    if (type.kind === 'entity') return this.#entity({ type: type.name, id: value });
    if (type.kind !== 'extension') return null;
    const fits =
      type.name === 'decimal' ? isDecimalText(value) : this.#options.isExtensionText(type.name, value);
    if (!fits) return null;
    return `{"__extn":{"fn":"${EXTENSION_FUNCTIONS[type.name]}","arg":${JSON.stringify(value)}}}`;
  }

  #entity(uid: EntityUid): string {
    this.refs.push(uid);
    return `{"__entity":${uidJson(uid)}}`;
  }

  #array(items: readonly Json[], type: CedarType | null, schema: ToolSchemaNode | null): string | undefined {
    if (type && type.kind !== 'set') return this.#miss();
    const element = type ? type.element : null;
    const itemSchema = schema?.items ?? null;
    let text = '[';
    items.forEach((item, index) => {
      this.#trail.push(index);
      const written = this.value(item, element, itemSchema, true);
      this.#trail.pop();
      if (written !== undefined) text += text.length > 1 ? `,${written}` : written;
    });
    return `${text}]`;
  }

  #object(
    object: JsonObject,
    type: CedarType | null,
    schema: ToolSchemaNode | null,
    tree: PathTree,
  ): string | undefined {
    if (type?.kind === 'entity') {
      const id = getOwn(object, 'id');
      return typeof id === 'string' && id.isWellFormed()
        ? this.#entity({ type: type.name, id })
        : this.#miss();
    }
    if (type && type.kind !== 'record') return this.#miss();
    const keys = tree === true ? Object.keys(object) : [...tree.keys()];
    return this.#members(keys, type, tree, (key, memberType, memberTree) => {
      const member = getOwn(object, key);
      if (member === undefined) return undefined;
      this.#trail.push(key);
      const isReserved = ESCAPES.has(key) || !key.isWellFormed();
      const written = isReserved
        ? this.#miss()
        : this.value(member, memberType, childSchema(schema, key), memberTree);
      this.#trail.pop();
      return written;
    });
  }

  /** A record of what is read and, where there is a type, declared. */
  #members(
    keys: readonly string[],
    type: CedarType | null,
    tree: PathTree,
    write: (key: string, type: CedarType | null, tree: PathTree) => string | undefined,
  ): string | undefined {
    if (type && type.kind !== 'record') return this.#miss();
    let text = '{';
    for (const key of keys) {
      const memberTree = below(tree, key);
      const memberType = type ? type.attributes.get(key) : null;
      if (memberTree === undefined || memberType === undefined) continue;
      const written = write(key, memberType, memberTree);
      if (written !== undefined) text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${written}`;
    }
    return `${text}}`;
  }
}
