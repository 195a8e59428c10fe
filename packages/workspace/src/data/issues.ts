/** What a schema finds wrong with a document, in sentences and with places. */
import { isObject, type Json, suggest, type TextRange } from '@benchbook/model';
import type { z } from 'zod';
import type { DataDocument, DataPath } from './parse.ts';

/** One thing that is wrong. */
export interface DataIssue {
  readonly kind: 'unknown-key' | 'invalid-value';
  /** Of the value in its document. */
  readonly path: DataPath;
  readonly message: string;
  readonly range: TextRange;
}

/** A value in a document, with the schema that it was held against. */
export interface CheckedValue {
  readonly document: DataDocument;
  /** The document's whole value. */
  readonly root: Json;
  readonly schema: z.ZodType;
  /** Where the value stands in its document. */
  readonly path: DataPath;
  /** How many steps at the start of paths are left out where they are spelt. */
  readonly hidden?: number;
}

/** The sentence for one issue of a schema. */
export function explainIssue(checked: CheckedValue, issue: z.core.$ZodIssue): DataIssue[] {
  const { document, root, schema } = checked;
  const path: DataPath = [
    ...checked.path,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ];
  const spelt = spell(path.slice(checked.hidden ?? 0));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => unknownKey(document, [...path, key], known, checked.hidden));
  }
  if (issue.code === 'invalid_key') {
    const message = `\`${spelt}\` must be a diagnostic code, such as ctl/context-only`;
    return [{ kind: 'invalid-value', path, message, range: document.keyRangeOf(path) }];
  }
  if (issue.code === 'invalid_union') {
    const inner = deepestUnionIssues(issue);
    if (inner.length > 0)
      return inner.flatMap((one) =>
        explainIssue(checked, { ...one, path: [...issue.path, ...one.path] } as z.core.$ZodIssue),
      );
  }
  const given = valueAt(root, path);
  const missing = given === undefined;
  const near = typeof given === 'string' && issue.code === 'invalid_value' ? suggestFor(given, issue) : '';
  const message = missing
    ? `\`${spelt}\` is missing; it must be ${issue.message}`
    : `\`${spelt}\` must be ${issue.message}; this is ${kindOf(given)}${near}`;
  const range = missing ? document.keyRangeOf(path.slice(0, -1)) : document.rangeOf(path);
  return [{ kind: 'invalid-value', path, message, range }];
}

/** A key that an object may not have. */
export function unknownKey(
  document: DataDocument,
  path: DataPath,
  known: readonly string[],
  hidden = 0,
): DataIssue {
  const near = suggest(String(path.at(-1)), known);
  const advice = near === undefined ? `known keys: ${known.join(', ')}` : `did you mean \`${near}\`?`;
  const message = `unknown key \`${spell(path.slice(hidden))}\`; ${advice}`;
  return { kind: 'unknown-key', path, message, range: document.keyRangeOf(path) };
}

/** What the one alternative finds that takes a value of this kind; none where no alternative does. */
function deepestUnionIssues(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  return issue.errors.find((errors) => errors.every((one) => one.path.length > 0 || 'keys' in one)) ?? [];
}

function suggestFor(given: string, issue: z.core.$ZodIssueInvalidValue): string {
  const near = suggest(given, issue.values.map(String));
  return near === undefined ? '' : `. Did you mean \`${near}\`?`;
}

/** Keys that the object at `path` of a schema may have. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let definition = unwrap(schema);
  for (const step of path) {
    if (definition.type === 'array') definition = unwrap((definition as z.core.$ZodArrayDef).element);
    else if (definition.type === 'object')
      definition = unwrap((definition as z.core.$ZodObjectDef).shape[String(step)]!);
  }
  return definition.type === 'object' ? Object.keys((definition as z.core.$ZodObjectDef).shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodTypeDef {
  const { def } = schema._zod;
  if (def.type === 'optional') return unwrap((def as z.core.$ZodOptionalDef).innerType);
  if (def.type === 'union') {
    const options = (def as z.core.$ZodUnionDef).options.map(unwrap);
    return options.find(({ type }) => type === 'object') ?? def;
  }
  return def;
}

function valueAt(root: Json, path: DataPath): Json | undefined {
  let current: Json | undefined = root;
  for (const step of path) {
    if (Array.isArray(current)) current = (current as readonly Json[])[Number(step)];
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** `thresholds.p99Ms`, `sets[0].tools`. */
function spell(path: DataPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index ? '.' : ''}${step}`))
    .join('')
    .slice(0, 120);
}

/** A value in a few words. */
export function kindOf(value: Json | undefined): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 60 ? 'a long string' : `\`${value}\``;
  return `\`${String(value)}\``;
}
