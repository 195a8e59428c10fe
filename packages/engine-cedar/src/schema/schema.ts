import { baseName, type EntityUid, uidKey } from '../policies/uid.ts';
import { type CedarType, type JsonType, type RecordType, typeReader } from './types.ts';

/** Cedar's JSON schema with resolved names, as far as it is used here. */
export interface ResolvedSchema {
  readonly [namespace: string]: {
    readonly commonTypes?: Readonly<Record<string, JsonType>>;
    readonly entityTypes?: Readonly<
      Record<
        string,
        { readonly memberOfTypes?: readonly string[]; readonly shape?: JsonType; readonly tags?: JsonType }
      >
    >;
    readonly actions?: Readonly<
      Record<
        string,
        {
          readonly memberOf?: readonly { readonly id: string; readonly type?: string }[];
          readonly appliesTo?: { readonly context?: JsonType };
        }
      >
    >;
  };
}

export interface EntityTypeInfo {
  readonly memberOf: ReadonlySet<string>;
  readonly shape: RecordType;
  readonly tags: CedarType | null;
}

export interface ActionInfo {
  readonly uid: EntityUid;
  readonly parents: readonly EntityUid[];
  /** null: the action applies to nothing by itself (a group). */
  readonly context: RecordType | null;
}

/** What requests and entities are typed by. */
export interface Schema {
  readonly entityTypes: ReadonlyMap<string, EntityTypeInfo>;
  /** By `uidKey`. */
  readonly actions: ReadonlyMap<string, ActionInfo>;
  /** The declared type of that name, or of that base name; the name itself where there is none. */
  entityType(name: string): string;
  /** The declared action of that id; null where there is none. */
  action(id: string): ActionInfo | null;
}

const EMPTY_RECORD: RecordType = { kind: 'record', attributes: new Map() };

/** Indexes a resolved schema. Where several namespaces declare a base name, the first by name is taken. */
export function indexSchema(json: ResolvedSchema): Schema {
  const namespaces = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  const qualify = (namespace: string, name: string) => (namespace ? `${namespace}::${name}` : name);
  const common = new Map<string, JsonType>();
  const names = new Set<string>();
  for (const [namespace, { commonTypes, entityTypes }] of namespaces) {
    for (const [name, type] of Object.entries(commonTypes ?? {})) common.set(qualify(namespace, name), type);
    for (const name of Object.keys(entityTypes ?? {})) names.add(qualify(namespace, name));
  }
  const read = typeReader(common, names);
  const record = (type: JsonType | undefined): RecordType => {
    const found = read(type);
    return found?.kind === 'record' ? found : EMPTY_RECORD;
  };

  const entityTypes = new Map<string, EntityTypeInfo>();
  const actions = new Map<string, ActionInfo>();
  const byBase = new Map<string, string>();
  const byId = new Map<string, ActionInfo>();
  for (const [namespace, definition] of namespaces) {
    for (const [name, type] of Object.entries(definition.entityTypes ?? {})) {
      const qualified = qualify(namespace, name);
      entityTypes.set(qualified, {
        memberOf: new Set(type.memberOfTypes ?? []),
        shape: record(type.shape),
        tags: read(type.tags),
      });
      if (!byBase.has(name)) byBase.set(name, qualified);
    }
    const actionType = qualify(namespace, 'Action');
    for (const [id, action] of Object.entries(definition.actions ?? {})) {
      const info: ActionInfo = {
        uid: { type: actionType, id },
        parents: (action.memberOf ?? []).map((parent) => ({
          type: parent.type ?? actionType,
          id: parent.id,
        })),
        context: action.appliesTo ? record(action.appliesTo.context) : null,
      };
      actions.set(uidKey(info.uid), info);
      if (!byId.has(id)) byId.set(id, info);
    }
  }
  return {
    entityTypes,
    actions,
    entityType: (name) => (entityTypes.has(name) ? name : (byBase.get(baseName(name)) ?? name)),
    action: (id) => byId.get(id) ?? null,
  };
}
