import {
  canonicalJson,
  type Diagnostic,
  digest,
  type EngineInput,
  type Json,
  type JsonObject,
  readsTouch,
  type Snapshot,
  type SourceFile,
} from '@benchbook/model';
import { Coverer } from '../conditions/cover.ts';
import { layOut } from '../conditions/layout.ts';
import { type LoadedEntities, loadEntities } from '../entities/load.ts';
import { EntityStore } from '../entities/store.ts';
import { readLinks } from '../policies/links.ts';
import { mentionReader } from '../policies/mentions.ts';
import type { ParsedFile, ParsedPolicy } from '../policies/parse.ts';
import { type EntityUid, uidKey } from '../policies/uid.ts';
import type { ValidationItem, Validator } from '../policies/validate.ts';
import { type CedarMapping, readMapping } from '../request/mapping.ts';
import { Preparer } from '../request/prepare.ts';
import { type ToolSchemas, toolSchemas } from '../request/tool-schema.ts';
import { observedNumbers } from '../request/values.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { type LoadedSchema, loadSchema } from '../schema/load.ts';
import type { Schema } from '../schema/schema.ts';
import { Authorizer } from './authorize.ts';
import { extensionCheck } from './extension-check.ts';
import { ActionGroups } from './groups.ts';
import { inferredNumbers } from './inferred-numbers.ts';
import { linkMember, type MemberContext, type SetMember, staticMember } from './member.ts';
import { lazy, Memo } from './memo.ts';
import { CedarSet } from './policy-set.ts';

export interface SnapshotParts {
  readonly cedar: Cedar;
  readonly validator: Validator;
  /** Files sorted by path. */
  readonly input: EngineInput;
  /** Policy files by path, in the same order. */
  readonly parsed: ReadonlyMap<string, ParsedFile>;
  readonly mapping: JsonObject | undefined;
  readonly memory: BuildMemory;
}

/** What of a snapshot the next one may take over. */
export class BuildMemory {
  readonly mapping = new Memo<ReturnType<typeof readMapping>>();
  readonly schema = new Memo<LoadedSchema>();
  readonly entities = new Memo<LoadedEntities>();
  readonly store = new Memo<EntityStore>();
  readonly environment = new Memo<string>();
  readonly toolSchemas = new Memo<ToolSchemas>();
}

export interface BuiltSnapshot extends Snapshot {
  readonly sets: readonly CedarSet[];
  readonly schema: Schema | null;
  readonly schemaText: string | null;
}

/** Puts everything together: one set of all policies that load, and what is wrong with the rest. */
export function buildSnapshot({
  cedar,
  validator,
  input,
  parsed,
  mapping: section,
  memory,
}: SnapshotParts): BuiltSnapshot {
  const ofRole = (role: string) => input.files.filter((file) => file.role === role);
  const texts = (files: readonly SourceFile[]) => files.flatMap(({ path, text }) => [path, text]);
  const { mapping, diagnostics: mappingFindings } = memory.mapping.of([section], () => readMapping(section));
  const schemaFiles = ofRole('schema');
  const {
    text: schemaText,
    schema,
    diagnostics: schemaFindings,
  } = memory.schema.of(texts(schemaFiles), () => loadSchema(cedar, schemaFiles));
  const entityFiles = ofRole('entities');
  const { entities, diagnostics: entityFindings } = memory.entities.of([schema, ...texts(entityFiles)], () =>
    loadEntities(cedar, entityFiles, schema, schemaText),
  );
  const templateFiles = [...parsed].map(([path, { sound }]) => ({
    path,
    templates: sound.filter(({ isTemplate }) => isTemplate),
  }));
  const { links, diagnostics: linkFindings } = readLinks(ofRole('links'), templateFiles);
  // A template that parses beside one that does not is known, but its file decides nothing.
  const loaded = links.filter(({ templateFile }) => parsed.get(templateFile)!.policies.length > 0);

  const store = memory.store.of([entities, schema], () => new EntityStore(entities, schema));
  const context: MemberContext = {
    mapping,
    environment: memory.environment.of(
      [entities, schemaText, section, input.tools, input.agents, input.numbers],
      () => environmentDigest(input, schemaText, section),
    ),
    mentions: mentionReader(store),
  };
  const members: SetMember[] = [
    ...[...parsed].flatMap(([path, { policies }]) =>
      policies.filter(({ isTemplate }) => !isTemplate).map((one) => staticMember(one, path, context)),
    ),
    ...loaded.map((link) => linkMember(link, context)),
  ];
  const items: ValidationItem[] = [
    ...[...parsed].flatMap(([file, { sound }]) =>
      sound.map((one) => ({ file, range: one.statement.range, parsed: one, link: null })),
    ),
    ...links.map((link) => ({ file: link.file, range: link.range, parsed: link.template, link })),
  ];
  const diagnostics: Diagnostic[] = [
    ...[...parsed.values()].flatMap((file) => file.diagnostics),
    ...mappingFindings,
    ...schemaFindings,
    ...entityFindings,
    ...linkFindings,
    ...(schemaText === null ? [] : validator.validate(schemaText, items)),
    ...[...parsed].flatMap(([file, { sound }]) =>
      sound.flatMap((one) => neverFindings(file, one, schemaText)),
    ),
  ];
  if (!members.length) return { diagnostics, sets: [], schema, schemaText };

  const setDigest = lazy(() =>
    digest(
      canonicalJson(
        members.map(({ policy, reasons, obligations }) => [policy.id, policy.digest, reasons, obligations]),
      ),
    ),
  );
  const reads = new Set([...mapping.action.reads, ...members.flatMap(({ policy }) => policy.reads)]);
  const schemas = memory.toolSchemas.of([input.tools], () => toolSchemas(input.tools));
  const preparer = lazy(
    () =>
      new Preparer({
        schema,
        mapping,
        store,
        groups: new ActionGroups(members, store, setDigest, mapping.actionGroups),
        agents: input.agents,
        toolSchemas: schemas,
        values: {
          truncate: mapping.truncate,
          observed: observedNumbers(input.numbers),
          isExtensionText: extensionCheck(cedar),
        },
        onlyResource: onlyResource(members, mapping),
      }),
  );
  const layout = lazy(() => layOut(members, mapping));
  const set = new CedarSet({
    members,
    digest: setDigest,
    reads: [...reads].sort(),
    isActionKnown: mapping.action.reads.every((pointer) => pointer.startsWith('/tool/')),
    preparer,
    authorizer: new Authorizer(cedar),
    layout,
    coverer: lazy(() => new Coverer(cedar, members, layout())),
  });
  if (schemaText !== null) return { diagnostics, sets: [set], schema, schemaText };
  return {
    diagnostics: [...diagnostics, ...inferredNumbers(input.numbers, members, schemas)],
    sets: [set],
    schema,
    schemaText,
    wantsNumbers: input.numbers.length === 0 && readsTouch([...reads], '/args'),
  };
}

/** A policy that can never apply, as its text shows. A literal `false` the validator tells where there is a schema. */
function neverFindings(
  file: string,
  { known, analysis, statement }: ParsedPolicy,
  schemaText: string | null,
): Diagnostic[] {
  const isDead = analysis.isDead && schemaText === null;
  const message = isDead ? 'this policy can never apply: a condition of it is always false' : known.never;
  const { range } = statement;
  return message === null ? [] : [{ code: 'cedar-never-applies', severity: 'warning', file, range, message }];
}

/** Everything but the policies that their decisions depend on. */
function environmentDigest(
  input: EngineInput,
  schemaText: string | null,
  mapping: JsonObject | undefined,
): string {
  const data = input.files.filter(({ role }) => role === 'entities').map(({ path, text }) => [path, text]);
  const parts = [
    data,
    schemaText,
    mapping ?? null,
    input.tools.map(({ name, server, inputSchema }) => [name, server ?? null, inputSchema ?? null]),
    input.agents.map(({ id, attributes }) => [id, attributes]),
    input.numbers.map(({ tool, path, type }) => [tool, path, type]),
  ];
  return digest(canonicalJson(parts as unknown as Json));
}

function onlyResource(members: readonly SetMember[], mapping: CedarMapping): EntityUid | null {
  if (!mapping.resourceFromPolicies) return null;
  const { type } = mapping.resource.resolve({ tool: {}, args: null, session: {} });
  const named = new Map(
    members
      .flatMap(({ analysis }) => analysis.literals)
      .filter((uid) => uid.type === type)
      .map((uid) => [uidKey(uid), uid]),
  );
  return named.size === 1 ? named.values().next().value! : null;
}
