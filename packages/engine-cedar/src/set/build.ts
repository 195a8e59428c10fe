import {
  canonicalJson,
  type Diagnostic,
  digest,
  type EngineInput,
  type Json,
  type JsonObject,
  readsTouch,
  type Snapshot,
} from '@benchbook/model';
import { Coverer } from '../conditions/cover.ts';
import { layOut } from '../conditions/layout.ts';
import { loadEntities } from '../entities/load.ts';
import { EntityStore } from '../entities/store.ts';
import { readLinks } from '../policies/links.ts';
import { mentionReader } from '../policies/mentions.ts';
import type { ParsedFile } from '../policies/parse.ts';
import { type EntityUid, uidKey } from '../policies/uid.ts';
import type { ValidationItem, Validator } from '../policies/validate.ts';
import { type CedarMapping, readMapping } from '../request/mapping.ts';
import { Preparer } from '../request/prepare.ts';
import { toolSchemas } from '../request/tool-schema.ts';
import { observedNumbers } from '../request/values.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { loadSchema } from '../schema/load.ts';
import type { Schema } from '../schema/schema.ts';
import { Authorizer } from './authorize.ts';
import { extensionCheck } from './extension-check.ts';
import { ActionGroups } from './groups.ts';
import { inferredNumbers } from './inferred-numbers.ts';
import { linkMember, type MemberContext, type SetMember, staticMember } from './member.ts';
import { CedarSet } from './policy-set.ts';

export interface SnapshotParts {
  readonly cedar: Cedar;
  readonly validator: Validator;
  /** Files sorted by path. */
  readonly input: EngineInput;
  /** Policy files by path, in the same order. */
  readonly parsed: ReadonlyMap<string, ParsedFile>;
  readonly mapping: JsonObject | undefined;
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
}: SnapshotParts): BuiltSnapshot {
  const ofRole = (role: string) => input.files.filter((file) => file.role === role);
  const { mapping, diagnostics: mappingFindings } = readMapping(section);
  const { text: schemaText, schema, diagnostics: schemaFindings } = loadSchema(cedar, ofRole('schema'));
  const { entities, diagnostics: entityFindings } = loadEntities(
    cedar,
    ofRole('entities'),
    schema,
    schemaText,
  );
  const templateFiles = [...parsed].map(([path, { policies }]) => ({
    path,
    templates: policies.filter(({ isTemplate }) => isTemplate),
  }));
  const { links, diagnostics: linkFindings } = readLinks(ofRole('links'), templateFiles);

  const store = new EntityStore(entities, schema);
  const context: MemberContext = {
    mapping,
    environment: environmentDigest(input, schemaText, section),
    mentions: mentionReader(store),
  };
  const members: SetMember[] = [
    ...[...parsed].flatMap(([path, { policies }]) =>
      policies.filter(({ isTemplate }) => !isTemplate).map((one) => staticMember(one, path, context)),
    ),
    ...links.map((link) => linkMember(link, context)),
  ];
  const items: ValidationItem[] = [
    ...[...parsed].flatMap(([file, { policies }]) =>
      policies.map((one) => ({ file, range: one.statement.range, parsed: one, link: null })),
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
  ];
  if (!members.length) return { diagnostics, sets: [], schema, schemaText };

  const setDigest = digest(
    canonicalJson(
      members.map(({ policy, reasons, obligations }) => [policy.id, policy.digest, reasons, obligations]),
    ),
  );
  const reads = new Set([...mapping.action.reads, ...members.flatMap(({ policy }) => policy.reads)]);
  const schemas = toolSchemas(input.tools);
  const preparer = new Preparer({
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
  });
  const layout = layOut(members, mapping);
  const set = new CedarSet({
    members,
    digest: setDigest,
    reads: [...reads].sort(),
    isActionKnown: mapping.action.reads.every((pointer) => pointer.startsWith('/tool/')),
    preparer,
    authorizer: new Authorizer(cedar),
    layout,
    coverer: new Coverer(cedar, members, layout),
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
