import { type Diagnostic, isObject, type Json, setOwn } from '@benchbook/model';
import type { z } from 'zod';
import { type DataDocument, type DataPath, parseData } from '../data/parse.ts';
import { finding } from '../diagnostics.ts';
import { suggest } from '../suggest.ts';
import { DEFAULT_MANIFEST, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { type ManifestEngine, manifestSchema } from './schema.ts';

export interface ManifestResult {
  /** Keys that are missing or wrong have their defaults. */
  readonly manifest: Manifest;
  readonly diagnostics: readonly Diagnostic[];
  /** For places in it; undefined where there is no manifest. */
  readonly document?: DataDocument;
}

/** Reads the text of a manifest. What is wrong in one key leaves the others standing. */
export function readManifest(text: string, engines: readonly ManifestEngine[]): ManifestResult {
  const document = parseData(text);
  const diagnostics: Diagnostic[] = document.problems.map(({ message, range }) =>
    finding('manifest-syntax', MANIFEST_FILE, range, message),
  );
  const { value } = document;
  if (value === undefined || value === null) return { manifest: DEFAULT_MANIFEST, diagnostics, document };
  if (!isObject(value)) {
    const message = `the manifest must be an object of keys such as \`policies\`; this is ${kindOf(value)}`;
    diagnostics.push(finding('manifest-invalid-value', MANIFEST_FILE, document.rangeOf([]), message));
    return { manifest: DEFAULT_MANIFEST, diagnostics, document };
  }

  const { general, settings } = manifestSchema(engines);
  const schemas = new Map<string, z.ZodType>(Object.entries({ ...general, ...settings }));
  const read: Record<string, unknown> = {};
  const ownSections = {};
  for (const [key, member] of Object.entries(value)) {
    const schema = schemas.get(key);
    if (!schema) {
      diagnostics.push(unknownKey(document, [key], [...schemas.keys()]));
      continue;
    }
    // A key without a value is as good as none.
    if (member === null) continue;
    const result = schema.safeParse(member);
    if (!result.success) {
      for (const issue of result.error.issues)
        diagnostics.push(...explain(document, value, schema, key, issue));
    } else if (Object.hasOwn(settings, key)) setOwn(ownSections, key, member);
    else setOwn(read, key, member);
  }
  const manifest = { ...DEFAULT_MANIFEST, ...read, settings: ownSections } as Manifest;
  return { manifest, diagnostics, document };
}

function explain(
  document: DataDocument,
  root: Json,
  schema: z.ZodType,
  key: string,
  issue: z.core.$ZodIssue,
): Diagnostic[] {
  const path: DataPath = [key, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((unknown) => unknownKey(document, [...path, unknown], known));
  }
  if (issue.code === 'invalid_key') {
    const message = `\`${spell(path)}\` must be a diagnostic code, such as ctl/context-only`;
    return [finding('manifest-invalid-value', MANIFEST_FILE, document.keyRangeOf(path), message)];
  }
  const given = valueAt(root, path);
  const missing = given === undefined;
  const near = typeof given === 'string' && issue.code === 'invalid_value' ? suggestFor(given, issue) : '';
  const message = missing
    ? `\`${spell(path)}\` is missing; it must be ${issue.message}`
    : `\`${spell(path)}\` must be ${issue.message}; this is ${kindOf(given)}${near}`;
  const range = missing ? document.keyRangeOf(path.slice(0, -1)) : document.rangeOf(path);
  return [finding('manifest-invalid-value', MANIFEST_FILE, range, message)];
}

function suggestFor(given: string, issue: z.core.$ZodIssueInvalidValue): string {
  const near = suggest(given, issue.values.map(String));
  return near === undefined ? '' : `. Did you mean \`${near}\`?`;
}

function unknownKey(document: DataDocument, path: DataPath, known: readonly string[]): Diagnostic {
  const near = suggest(String(path.at(-1)), known);
  const advice = near === undefined ? `known keys: ${known.join(', ')}` : `did you mean \`${near}\`?`;
  const message = `unknown key \`${spell(path)}\`; ${advice}`;
  return finding('manifest-unknown-key', MANIFEST_FILE, document.keyRangeOf(path), message);
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
  return def.type === 'optional' ? unwrap((def as z.core.$ZodOptionalDef).innerType) : def;
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

function kindOf(value: Json | undefined): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 60 ? 'a long string' : `\`${value}\``;
  return `\`${String(value)}\``;
}
