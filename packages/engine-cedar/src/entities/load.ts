import {
  type Diagnostic,
  getOwn,
  isObject,
  type Json,
  type SourceFile,
  type TextRange,
  writeJson,
} from '@benchbook/model';
import type { CheckParseAnswer } from '@cedar-policy/cedar-wasm/web';
import { cedarDiagnostic } from '../diagnostics.ts';
import { type EntityUid, uidKey } from '../policies/uid.ts';
import { answerOf, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import type { Schema } from '../schema/schema.ts';
import { entityOf, explicitJson } from './explicit.ts';
import { readJsonArray } from './json-source.ts';

/** One entity as a request carries it. */
export interface StoredEntity {
  readonly uid: EntityUid;
  /** Attribute name -> value as JSON text, needing no schema. */
  readonly attributes: ReadonlyMap<string, string>;
  /** `tags` as JSON text; null where there are none. */
  readonly tags: string | null;
  readonly parents: readonly EntityUid[];
  /** Entities that attributes and tags point to. */
  readonly refs: readonly EntityUid[];
}

export interface LoadedEntities {
  /** By `uidKey`. */
  readonly entities: ReadonlyMap<string, StoredEntity>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Element {
  readonly file: SourceFile;
  readonly value: Json;
  readonly range: TextRange;
}

/** Above this many, a nonconforming file is reported as a whole, not entity by entity. */
const MAX_SINGLE_CHECKS = 2000;

/** Loads `*.entities.json`. What Cedar refuses is told and left out; what only breaks the schema is kept. */
export function loadEntities(
  cedar: Cedar,
  files: readonly SourceFile[],
  schema: Schema | null,
  schemaText: string | null,
): LoadedEntities {
  const diagnostics: Diagnostic[] = [];
  const entities = new Map<string, StoredEntity>();
  for (const file of files) {
    const { elements, problem } = readJsonArray(file.text);
    if (problem) {
      diagnostics.push(finding(file, problem.range, problem.message, true));
      continue;
    }
    const whole = check(cedar, `[${elements.map(({ value }) => writeJson(value)).join(',')}]`, schemaText);
    const isSuspect = isFailure(whole);
    for (const { value, range } of elements) {
      const element: Element = { file, value, range };
      const entity = storedEntity(value, schema);
      if (isSuspect && elements.length <= MAX_SINGLE_CHECKS) {
        const found = checkOne(cedar, element, schemaText);
        if (found) diagnostics.push(found);
        if (found?.fatal) continue;
      }
      if (!entity) continue;
      const key = uidKey(entity.uid);
      if (entities.has(key)) diagnostics.push(finding(file, range, `\`${key}\` is defined twice`, true));
      else entities.set(key, entity);
    }
    // What no single entity shows: a cycle of parents, or too many entities to look at each.
    const isTold = diagnostics.some((found) => found.file === file.path);
    if (isSuspect && !isTold)
      diagnostics.push(
        cedarDiagnostic('cedar-entities-error', 'error', file.path, '', whole.errors[0]!, { fatal: true }),
      );
  }
  return { entities, diagnostics };
}

function finding(file: SourceFile, range: TextRange | null, message: string, fatal: boolean): Diagnostic {
  return {
    code: 'cedar-entities-error',
    severity: 'error',
    file: file.path,
    range,
    message,
    ...(fatal ? { fatal } : {}),
  };
}

function check(cedar: Cedar, entities: string, schemaText: string | null) {
  const schema = schemaText === null ? '' : `,"schema":${JSON.stringify(schemaText)}`;
  return answerOf<CheckParseAnswer>(cedar.value('checkParseEntities', `{"entities":${entities}${schema}}`));
}

/** Fatal where Cedar cannot read it at all, an error where it only breaks the schema. */
function checkOne(
  cedar: Cedar,
  { file, value, range }: Element,
  schemaText: string | null,
): Diagnostic | null {
  const text = `[${writeJson(value)}]`;
  const typed = check(cedar, text, schemaText);
  if (!isFailure(typed)) return null;
  const isReadable = schemaText !== null && !isFailure(check(cedar, text, null));
  return cedarDiagnostic('cedar-entities-error', 'error', file.path, '', typed.errors[0]!, {
    range,
    fatal: !isReadable,
  });
}

function storedEntity(value: Json, schema: Schema | null): StoredEntity | null {
  if (!isObject(value)) return null;
  const uid = entityOf(getOwn(value, 'uid'), true);
  if (!uid) return null;
  const info = schema?.entityTypes.get(uid.type);
  const refs: EntityUid[] = [];
  const attributes = new Map<string, string>();
  const attrs = getOwn(value, 'attrs');
  for (const [name, member] of isObject(attrs) ? Object.entries(attrs) : [])
    attributes.set(name, explicitJson(member, info?.shape.attributes.get(name) ?? null, refs));
  const tags = getOwn(value, 'tags');
  const parents = getOwn(value, 'parents');
  return {
    uid,
    attributes,
    tags:
      isObject(tags) && Object.keys(tags).length
        ? `{${Object.entries(tags)
            .map(([name, tag]) => `${JSON.stringify(name)}:${explicitJson(tag, info?.tags ?? null, refs)}`)
            .join(',')}}`
        : null,
    parents: (Array.isArray(parents) ? (parents as readonly Json[]) : []).flatMap(
      (parent) => entityOf(parent, true) ?? [],
    ),
    refs,
  };
}
