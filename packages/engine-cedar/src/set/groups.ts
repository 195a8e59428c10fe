import type { EntityStore } from '../entities/store.ts';
import { type EntityUid, uidJson, uidKey } from '../policies/uid.ts';
import { type PathTree, pathTree } from '../request/path-tree.ts';
import type { PreparsedSource } from '../runtime/cedar.ts';
import type { SetMember } from './member.ts';

/** The policies that can match one action; several actions may share one. */
export interface ActionGroup {
  /** Indexes into the set's policies, ascending. */
  readonly members: readonly number[];
  /** All of it, and the permits alone. */
  readonly all: PreparsedSource;
  readonly permits: PreparsedSource;
  readonly hasPermits: boolean;
  /** Members of `context` that some policy of the group reads. */
  readonly context: PathTree;
  /** Entities that its policies name. */
  readonly literals: readonly EntityUid[];
  readonly usesPrincipal: boolean;
  readonly usesResource: boolean;
  readonly usesAction: boolean;
}

/** Distinct actions remembered; a recording may name any number of tools. */
const MAX_ACTIONS = 4096;

/** Finds the group of an action. */
export class ActionGroups {
  readonly #members: readonly SetMember[];
  readonly #store: EntityStore;
  readonly #groups: readonly string[];
  readonly #byAction = new Map<string, ActionGroup>();
  readonly #byMembers = new Map<string, ActionGroup>();
  readonly #digest: () => string;

  /** `actionGroups`: ids of groups that every action is in, of the action's own type. */
  constructor(
    members: readonly SetMember[],
    store: EntityStore,
    setDigest: () => string,
    actionGroups: readonly string[],
  ) {
    this.#members = members;
    this.#store = store;
    this.#digest = setDigest;
    this.#groups = actionGroups;
  }

  /** `store`: entities that stand instead of the set's own. */
  of(action: EntityUid, store: EntityStore = this.#store): ActionGroup {
    const key = uidKey(action);
    if (store !== this.#store) return this.#find(action, key, store);
    const known = this.#byAction.get(key);
    if (known) return known;
    if (this.#byAction.size >= MAX_ACTIONS) this.#byAction.clear();
    const group = this.#find(action, key, store);
    this.#byAction.set(key, group);
    return group;
  }

  #find(action: EntityUid, key: string, store: EntityStore): ActionGroup {
    const within = store.ancestors(action);
    for (const id of this.#groups) within.add(uidKey({ type: action.type, id }));
    const indexes = this.#members.flatMap(({ analysis: { actions } }, index) =>
      !actions || actions.equals.includes(key) || actions.within.some((one) => within.has(one))
        ? [index]
        : [],
    );
    const membersKey = indexes.join(',');
    const known = this.#byMembers.get(membersKey);
    if (known) return known;
    const group = this.#build(indexes, membersKey);
    this.#byMembers.set(membersKey, group);
    return group;
  }

  #build(indexes: readonly number[], membersKey: string): ActionGroup {
    const members = indexes.map((index) => this.#members[index]!);
    const permits = indexes.filter((index) => this.#members[index]!.policy.effect === 'permit');
    const uses = members.map(({ analysis }) => analysis.uses);
    const literals = new Map(
      members.flatMap(({ analysis }) => analysis.literals.map((uid) => [uidKey(uid), uid] as const)),
    );
    return {
      members: indexes,
      all: { key: `${this.#digest()} ${membersKey}`, json: () => policySetJson(this.#members, indexes) },
      permits: {
        key: `${this.#digest()} permits ${membersKey}`,
        json: () => policySetJson(this.#members, permits),
      },
      hasPermits: permits.length > 0,
      context: pathTree(members.flatMap(({ analysis }) => analysis.contextPaths)),
      literals: [...literals.values()],
      usesPrincipal: uses.some(({ principal }) => principal),
      usesResource: uses.some(({ resource }) => resource),
      usesAction: uses.some(({ action }) => action),
    };
  }
}

/** cedar-wasm's `PolicySet` of some members; every policy's id there is its index. */
export function policySetJson(members: readonly SetMember[], indexes: readonly number[]): string {
  const statics: string[] = [];
  const templateIds = new Map<string, string>();
  const templates: string[] = [];
  const links: string[] = [];
  for (const index of indexes) {
    const { text, link } = members[index]!;
    if (!link) {
      statics.push(`"${index}":${JSON.stringify(text)}`);
      continue;
    }
    const source = `${link.templateFile}#${link.template.ordinal}`;
    let template = templateIds.get(source);
    if (template === undefined) {
      template = `t${templateIds.size}`;
      templateIds.set(source, template);
      templates.push(`"${template}":${JSON.stringify(text)}`);
    }
    const values = [...link.values].map(([slot, uid]) => `${JSON.stringify(slot)}:${uidJson(uid)}`);
    links.push(`{"templateId":"${template}","newId":"${index}","values":{${values.join(',')}}}`);
  }
  return `{"staticPolicies":{${statics.join(',')}},"templates":{${templates.join(',')}},"templateLinks":[${links.join(',')}]}`;
}
