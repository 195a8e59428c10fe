import { baseName, type EntityUid, uidJson, uidKey } from '../policies/uid.ts';
import type { Schema } from '../schema/schema.ts';
import type { StoredEntity } from './load.ts';

/** The entities of a workspace, with the actions of its schema. */
export class EntityStore {
  readonly #entities = new Map<string, StoredEntity>();
  readonly #texts = new Map<string, string>();

  constructor(entities: ReadonlyMap<string, StoredEntity>, schema: Schema | null) {
    for (const [key, entity] of entities) this.#entities.set(key, entity);
    for (const [key, { uid, parents }] of schema?.actions ?? []) {
      const known = this.#entities.get(key);
      this.#entities.set(key, {
        uid,
        attributes: known?.attributes ?? new Map(),
        tags: known?.tags ?? null,
        parents: [...(known?.parents ?? []), ...parents],
        refs: known?.refs ?? [],
      });
    }
  }

  get(uid: EntityUid): StoredEntity | undefined {
    return this.#entities.get(uidKey(uid));
  }

  /** Keys of everything that `uid` is in, itself included. */
  ancestors(uid: EntityUid): Set<string> {
    const found = new Set<string>();
    const pending = [uid];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const key = uidKey(next);
      if (found.has(key)) continue;
      found.add(key);
      pending.push(...(this.#entities.get(key)?.parents ?? []));
    }
    return found;
  }

  /** By key of a group: the ids of all actions in it, directly or not. */
  actionsWithin(): Map<string, string[]> {
    const within = new Map<string, string[]>();
    for (const [key, { uid }] of this.#entities) {
      if (baseName(uid.type) !== 'Action') continue;
      for (const group of this.ancestors(uid)) {
        if (group === key) continue;
        const ids = within.get(group);
        if (ids) ids.push(uid.id);
        else within.set(group, [uid.id]);
      }
    }
    return within;
  }

  /**
   * Everything a request can reach from `roots`, over parents, attributes and tags, as JSON texts. `own` are
   * entities made for the request; they stand instead of stored ones.
   */
  reach(roots: readonly EntityUid[], own: readonly StoredEntity[]): string[] {
    const made = new Map(own.map((entity) => [uidKey(entity.uid), entity]));
    const texts: string[] = [];
    const seen = new Set<string>();
    const pending = [...roots];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const key = uidKey(next);
      if (seen.has(key)) continue;
      seen.add(key);
      const entity = made.get(key) ?? this.#entities.get(key);
      if (!entity) continue;
      texts.push(made.has(key) ? entityJson(entity) : this.#text(key, entity));
      pending.push(...entity.parents, ...entity.refs);
    }
    return texts;
  }

  #text(key: string, entity: StoredEntity): string {
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = entityJson(entity);
      this.#texts.set(key, text);
    }
    return text;
  }
}

function entityJson({ uid, attributes, tags, parents }: StoredEntity): string {
  const attrs = [...attributes].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',');
  const tagText = tags === null ? '' : `,"tags":${tags}`;
  return `{"uid":${uidJson(uid)},"attrs":{${attrs}},"parents":[${parents.map(uidJson).join(',')}]${tagText}}`;
}
