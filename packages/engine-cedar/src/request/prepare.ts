import type { AgentCard, Facts, Json, JsonObject, PreparedRequests } from '@benchbook/model';
import { canonicalJson, fillTemplate, getOwn, isObject } from '@benchbook/model';
import { explicitJson } from '../entities/explicit.ts';
import type { StoredEntity } from '../entities/load.ts';
import type { EntityStore } from '../entities/store.ts';
import { baseName, type EntityUid, uidJson, uidKey } from '../policies/uid.ts';
import type { ActionInfo, Schema } from '../schema/schema.ts';
import type { CedarType } from '../schema/types.ts';
import type { ActionGroup, ActionGroups } from '../set/groups.ts';
import type { CedarMapping, UidSource } from './mapping.ts';
import type { ToolSchemas } from './tool-schema.ts';
import { type ValueOptions, ValueWriter } from './values.ts';

/** A request in Cedar's own terms, as its `run-tests` files state it. */
export interface CedarRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  /** Cedar's JSON, escapes allowed. */
  readonly context: JsonObject;
}

/** One request made ready. */
export interface PreparedRow {
  readonly group: ActionGroup;
  /** Inside of a `StatefulAuthorizationCall`; '' where no policy can match the action. */
  readonly members: string;
  readonly missing: readonly string[];
}

export interface PrepareEnvironment {
  readonly schema: Schema | null;
  readonly mapping: CedarMapping;
  readonly store: EntityStore;
  readonly groups: ActionGroups;
  readonly agents: readonly AgentCard[];
  readonly toolSchemas: ToolSchemas;
  readonly values: ValueOptions;
  /** The resource that the policies name, where the mapping leaves it to them. */
  readonly onlyResource: EntityUid | null;
}

/** Requests ready for one set. */
export class CedarRequests implements PreparedRequests {
  readonly rows: readonly PreparedRow[];

  constructor(rows: readonly PreparedRow[]) {
    this.rows = rows;
  }

  get length(): number {
    return this.rows.length;
  }

  missing(row: number): readonly string[] {
    return this.rows[row]?.missing ?? [];
  }
}

/** Entity texts remembered, per group of policies. */
const MAX_ENTITY_TEXTS = 4096;

/** Builds requests for one set. */
export class Preparer {
  readonly #environment: PrepareEnvironment;
  readonly #agents: ReadonlyMap<string, AgentCard>;
  readonly #cardAttributes = new Map<string, ReadonlyMap<string, string>>();
  readonly #entityTexts = new Map<ActionGroup, Map<string, string>>();

  constructor(environment: PrepareEnvironment) {
    this.#environment = environment;
    const isAgent = environment.mapping.principal.reads.includes('/agent/id');
    this.#agents = new Map(isAgent ? environment.agents.map((card) => [card.id, card]) : []);
  }

  /** A request from a call. */
  fromFacts(facts: Facts): PreparedRow {
    const { mapping, groups, schema, values, toolSchemas } = this.#environment;
    const info = this.#action(facts);
    const action = info.uid;
    const group = groups.of(action);
    if (!group.members.length) return { group, members: '', missing: [] };

    const principal = this.#typed(mapping.principal, facts);
    const resource = this.#environment.onlyResource ?? this.#typed(mapping.resource, facts);
    const tool = textOf(facts.tool, 'name') ?? '';
    const writer = new ValueWriter(values, tool);
    const context = writer.template(
      mapping.context,
      info.context,
      group.context,
      facts as unknown as JsonObject,
      toolSchemas(tool, textOf(facts.tool, 'server')),
    );
    const missing = [...writer.missing];
    for (const [uid, source] of [
      [principal, mapping.principal],
      [action, mapping.action],
      [resource, mapping.resource],
    ] as const)
      if (!uid.id.isWellFormed()) missing.push(...source.reads);

    const entities = this.#entities(group, principal, action, resource, writer.refs, facts, schema);
    return { group, missing, members: membersOf(principal, action, resource, context ?? '{}', entities) };
  }

  /**
   * A request in Cedar's own terms; nothing is mapped, cut or added. `store`: entities that stand instead of the
   * set's own.
   */
  fromCedar(
    { principal, action, resource, context }: CedarRequest,
    store: EntityStore = this.#environment.store,
  ): PreparedRow {
    const { groups, schema } = this.#environment;
    const group = groups.of(action, store);
    if (!group.members.length) return { group, members: '', missing: [] };
    const refs: EntityUid[] = [];
    const type = schema?.actions.get(uidKey(action))?.context ?? null;
    const text = explicitJson(context, type, refs);
    const entities = store.reach([principal, action, resource, ...group.literals, ...refs], []).join(',');
    return { group, missing: [], members: membersOf(principal, action, resource, text, entities) };
  }

  /** The declared action where there is one, else the one the mapping makes. */
  #action(facts: Facts): { uid: EntityUid; context: CedarType | null } {
    const { mapping, schema } = this.#environment;
    const written = mapping.action.resolve(facts);
    const found = schema && declaredAction(schema, written, textOf(facts.tool, 'rawName'));
    return found ? { uid: found.uid, context: found.context } : { uid: written, context: null };
  }

  #typed(source: UidSource, facts: Facts): EntityUid {
    const { type, id } = source.resolve(facts);
    return { type: this.#environment.schema?.entityType(type) ?? type, id };
  }

  #entities(
    group: ActionGroup,
    principal: EntityUid,
    action: EntityUid,
    resource: EntityUid,
    refs: readonly EntityUid[],
    facts: Facts,
    schema: Schema | null,
  ): string {
    const { mapping, store } = this.#environment;
    const roots: EntityUid[] = [...group.literals, ...refs];
    const own: StoredEntity[] = [];
    let key = '';
    if (group.usesPrincipal) {
      roots.push(principal);
      const entity = this.#principal(principal, facts, schema);
      own.push(entity);
      key = `${uidKey(principal)} ${entity.parents.map(uidKey).join(' ')} ${entity.tags ?? ''}`;
    }
    if (group.usesResource) {
      roots.push(resource);
      key += `\0${uidKey(resource)}`;
    }
    if (group.usesAction) {
      roots.push(action);
      if (mapping.actionGroups.length) own.push(...this.#actionChain(action));
      key += `\0${uidKey(action)}`;
    }
    if (refs.length) return store.reach(roots, own).join(',');
    let texts = this.#entityTexts.get(group);
    if (!texts) {
      texts = new Map();
      this.#entityTexts.set(group, texts);
    }
    let text = texts.get(key);
    if (text === undefined) {
      text = store.reach(roots, own).join(',');
      if (texts.size >= MAX_ENTITY_TEXTS) texts.clear();
      texts.set(key, text);
    }
    return text;
  }

  /** The principal of a request: what is stored of it, its card, its user. */
  #principal(uid: EntityUid, facts: Facts, schema: Schema | null): StoredEntity {
    const { mapping, store, values } = this.#environment;
    const stored = store.get(uid);
    const info = schema?.entityTypes.get(uid.type);
    const attributes = new Map(this.#card(uid, info?.shape ?? null));
    if (mapping.attributes !== null) {
      const filled = fillTemplate(mapping.attributes, facts as unknown as Json);
      for (const [name, value] of isObject(filled) ? Object.entries(filled) : []) {
        const text = new ValueWriter(values, '').value(value, null, null, true);
        if (text !== undefined) attributes.set(name, text);
      }
    }
    for (const [name, value] of stored?.attributes ?? []) attributes.set(name, value);
    const parents = mapping.parents
      .filter((parent) => parent.isKnown(facts))
      .map((parent) => this.#typed(parent, facts))
      .filter(({ type }) => !info || info.memberOf.has(type));
    return {
      uid,
      attributes,
      tags: mapping.tags === null ? (stored?.tags ?? null) : this.#tags(mapping.tags, facts),
      parents: [...(stored?.parents ?? []), ...parents],
      refs: stored?.refs ?? [],
    };
  }

  #card(uid: EntityUid, shape: CedarType | null): ReadonlyMap<string, string> {
    const card = this.#agents.get(uid.id);
    if (!card) return new Map();
    const known = this.#cardAttributes.get(uidKey(uid));
    if (known) return known;
    const written = new Map<string, string>();
    for (const [name, value] of Object.entries(card.attributes)) {
      const type = shape?.kind === 'record' ? shape.attributes.get(name) : null;
      // Cut to what the schema declares of agents.
      if (type === undefined) continue;
      const text = new ValueWriter(this.#environment.values, '').value(value, type, null, true);
      if (text !== undefined) written.set(name, text);
    }
    this.#cardAttributes.set(uidKey(uid), written);
    return written;
  }

  /** OAuth claims as tags: strings; lists as OAuth writes scopes, with spaces. */
  #tags(template: Json, facts: Facts): string | null {
    const claims = fillTemplate(template, facts as unknown as Json);
    if (!isObject(claims)) return null;
    const tags = Object.entries(claims).flatMap(([name, value]) => {
      if (value === null) return [];
      const isWords = Array.isArray(value) && value.every((item) => typeof item === 'string');
      const text =
        typeof value === 'string'
          ? value
          : isWords
            ? (value as readonly string[]).join(' ')
            : canonicalJson(value);
      return name.isWellFormed() && text.isWellFormed()
        ? [`${JSON.stringify(name)}:${JSON.stringify(text)}`]
        : [];
    });
    return tags.length ? `{${tags.join(',')}}` : null;
  }

  #actionChain(action: EntityUid): StoredEntity[] {
    const { mapping, store } = this.#environment;
    const chain = [action, ...mapping.actionGroups.map((id) => ({ type: action.type, id }))];
    return chain.map((uid, index) => {
      const next = chain[index + 1];
      const stored = store.get(uid);
      return {
        uid,
        attributes: new Map(stored?.attributes ?? []),
        tags: null,
        parents: [...(stored?.parents ?? []), ...(next ? [next] : [])],
        refs: [],
      };
    });
  }
}

function declaredAction(
  schema: Schema,
  { type, id }: EntityUid,
  rawName: string | undefined,
): ActionInfo | null {
  const exact = schema.actions.get(uidKey({ type, id }));
  if (exact) return exact;
  if (baseName(type) !== 'Action') return null;
  return schema.action(id) ?? (rawName === undefined ? null : schema.action(rawName));
}

function membersOf(
  principal: EntityUid,
  action: EntityUid,
  resource: EntityUid,
  context: string,
  entities: string,
): string {
  return `"principal":${uidJson(principal)},"action":${uidJson(action)},"resource":${uidJson(resource)},"context":${context},"entities":[${entities}]`;
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = getOwn(object, key);
  return typeof value === 'string' ? value : undefined;
}
