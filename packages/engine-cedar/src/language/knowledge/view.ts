import { type ObservedField, type ToolKnowledge, toPointer } from '@benchbook/model';
import { baseName, type EntityUid, uidKey } from '../../policies/uid.ts';
import { templatePointer } from '../../request/mapping.ts';
import { BUILTINS } from '../builtins.ts';
import type { Expr, PolicyNode, ScopePart } from '../syntax/tree.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { type DeclaredAction, pathText } from './catalog.ts';
import { argumentMembers, observedMembers } from './json-types.ts';
import { toolNamer } from './tool-names.ts';
import type { EditorType, Member } from './types.ts';

export const NO_KNOWLEDGE: ToolKnowledge = { tools: [], fields: [], calls: new Map() };

/** A member as all the types together tell it that a value may have. */
export interface MergedMember {
  readonly name: string;
  readonly members: readonly Member[];
  /** Some of the types do not have it, or have it only at times. */
  readonly optional: boolean;
}

const MOST_ACTIONS = 300;

/** One policy with what is known of the values in it. */
export class PolicyView {
  readonly workspace: LanguageWorkspace;
  readonly policy: PolicyNode;
  readonly known: ToolKnowledge;
  #actions: readonly DeclaredAction[] | null = null;
  #tools: readonly string[] | null = null;

  constructor(workspace: LanguageWorkspace, policy: PolicyNode, known: ToolKnowledge = NO_KNOWLEDGE) {
    this.workspace = workspace;
    this.policy = policy;
    this.known = known;
  }

  /** Actions that the scope names, as written; null: it is open to any. */
  get namedActions(): readonly EntityUid[] | null {
    const part = this.#part('action');
    if (!part?.target) return null;
    const targets = part.target.kind === 'set' ? part.target.elements : [part.target];
    return targets.flatMap((target) =>
      target.kind === 'entity' && target.id ? [{ type: pathText(target.path), id: target.id.value }] : [],
    );
  }

  /** Declared actions that the policy is about; all of them where it is open. */
  get actions(): readonly DeclaredAction[] {
    if (this.#actions) return this.#actions;
    const { catalog } = this.workspace;
    const named = this.namedActions;
    const isIn = this.#part('action')?.operator === 'in';
    const found = named?.flatMap((uid) =>
      isIn ? catalog.within(uidKey(uid)) : (catalog.actions.get(uidKey(uid)) ?? []),
    );
    this.#actions = (found?.length ? found : [...catalog.actions.values()])
      .filter(({ declaration }) => declaration.appliesTo)
      .slice(0, MOST_ACTIONS);
    return this.#actions;
  }

  /** Names of the tools that the scope restricts the policy to; empty: any, or not known. */
  get tools(): readonly string[] {
    if (this.#tools) return this.#tools;
    const { catalog, mapping } = this.workspace;
    const named = this.namedActions;
    const isIn = this.#part('action')?.operator === 'in';
    const name = toolNamer(mapping);
    const found: (string | null)[] = [];
    for (const uid of named ?? []) {
      const key = uidKey(uid);
      const isGroup = catalog.groups.has(key) || mapping.actionGroups.includes(uid.id);
      if (!isIn || !isGroup) found.push(name(uid.id));
      else
        found.push(...catalog.within(key).map(({ uid: one }) => (one.id === uid.id ? null : name(one.id))));
    }
    const named_ = found.filter((one): one is string => one !== null);
    // A group whose members are not declared, or an id that is no tool's name: nothing is certain.
    const isSure =
      named !== null && named.length > 0 && (isIn ? named_.length > 0 : named_.length === found.length);
    this.#tools = isSure && !this.#hasOpenGroup(named) ? [...new Set(named_)] : [];
    return this.#tools;
  }

  #hasOpenGroup(named: readonly EntityUid[]): boolean {
    return named.some(({ id }) => this.workspace.mapping.actionGroups.includes(id));
  }

  #part(variable: ScopePart['variable']): ScopePart | undefined {
    return this.policy.scope.find((part) => part.variable === variable);
  }

  /** Entity types that `principal` or `resource` may be of. */
  entityTypes(variable: 'principal' | 'resource'): readonly string[] {
    const part = this.#part(variable);
    if (part?.type) return [pathText(part.type)];
    if (part?.operator === '==' && part.target?.kind === 'entity') return [pathText(part.target.path)];
    const { catalog } = this.workspace;
    const found = new Set<string>();
    for (const { declaration } of this.actions)
      for (const path of declaration.appliesTo?.[variable] ?? [])
        found.add(catalog.resolve(pathText(path), declaration.namespace)?.name ?? pathText(path));
    if (found.size) return [...found];
    const mapped = this.workspace.mapping[variable].resolve({ tool: {}, args: null, session: {} }).type;
    return [catalog.resolve(mapped, '')?.name ?? mapped];
  }

  /** The types that an expression may have; empty: not known. */
  typesOf(expr: Expr, depth = 0): readonly EditorType[] {
    if (depth > 200) return [];
    switch (expr.kind) {
      case 'text':
        return [{ kind: 'string' }];
      case 'number':
        return [{ kind: 'long' }];
      case 'boolean':
      case 'has':
      case 'is':
        return [{ kind: 'boolean' }];
      case 'entity':
        return [{ kind: 'entity', name: pathText(expr.path) }];
      case 'group':
        return this.typesOf(expr.inner, depth + 1);
      case 'variable':
        return this.#variable(expr.name);
      case 'member': {
        const name = expr.name?.text;
        const members = this.membersOf(expr.target, depth + 1).filter((one) => one.name === name);
        return members.flatMap(({ members: all }) => all.flatMap(({ type }) => type ?? []));
      }
      case 'unary':
        return [{ kind: expr.operator === '!' ? 'boolean' : 'long' }];
      case 'binary':
        return [{ kind: /^[+*-]$/.test(expr.operator) ? 'long' : 'boolean' }];
      case 'if':
        return expr.parts[1] ? this.typesOf(expr.parts[1], depth + 1) : [];
      case 'set':
        return [
          {
            kind: 'set',
            element: expr.elements[0] ? (this.typesOf(expr.elements[0], depth + 1)[0] ?? null) : null,
          },
        ];
      case 'call':
      case 'method': {
        const name = expr.kind === 'call' ? pathText(expr.callee) : expr.name.text;
        const builtin = BUILTINS.find(
          (one) => one.name === name && (one.on === null) === (expr.kind === 'call'),
        );
        return builtin ? resultType(builtin.result) : [];
      }
      default:
        return [];
    }
  }

  #variable(name: string): readonly EditorType[] {
    if (name === 'context') return this.#contexts();
    if (name === 'principal' || name === 'resource')
      return this.entityTypes(name).map((type) => ({ kind: 'entity', name: type }));
    return name === 'action' ? [{ kind: 'entity', name: 'Action' }] : [];
  }

  #contexts(): readonly EditorType[] {
    const { catalog } = this.workspace;
    const declared = this.actions.flatMap(({ declaration, file }) => {
      const context = declaration.appliesTo?.context ?? null;
      return catalog.type(context, declaration.namespace, file) ?? [];
    });
    if (declared.length || catalog.actions.size) return declared;
    const { context } = this.workspace.mapping;
    return [
      { kind: 'record', name: null, members: () => Object.keys(context).map((name) => this.#mapped(name)) },
    ];
  }

  /** A member of the context where no schema tells its type. */
  #mapped(name: string): Member {
    const pointer = templatePointer(this.workspace.mapping.context, [name]);
    const member = (type: EditorType | null): Member => ({
      name,
      type,
      optional: name === 'user',
      doc: '',
      place: null,
    });
    if (pointer === '/session/calls') return member({ kind: 'long' });
    if (pointer === '/session/tools') return member({ kind: 'set', element: { kind: 'string' } });
    if (name === 'session' && pointer === null)
      return member({ kind: 'record', name: 'Session', members: () => SESSION });
    if (pointer === null) return member(null);
    const members = () => {
      const fields = observedMembers(this.fields(), pointer).map((one) => ({
        ...one,
        optional: one.optional || this.#isSometimesAbsent(`${pointer}${toPointer([one.name])}`),
      }));
      const declared = pointer === '/args' ? this.#argumentMembers() : [];
      const names = new Set(declared.map((one) => one.name));
      return [...declared, ...fields.filter((one) => !names.has(one.name))];
    };
    return member({ kind: 'record', name: null, members });
  }

  /** Recordings show calls without it. */
  #isSometimesAbsent(pointer: string): boolean {
    return this.fields(pointer).some(({ tool, calls }) => calls < (this.known.calls.get(tool) ?? 0));
  }

  #argumentMembers(): readonly Member[] {
    return this.known.tools
      .filter(({ name }) => !this.tools.length || this.tools.includes(name))
      .slice(0, MOST_ACTIONS)
      .flatMap(argumentMembers);
  }

  /** What recordings show of the tools that the policy is about. */
  fields(pointer?: string): readonly ObservedField[] {
    return this.known.fields.filter(
      (field) =>
        (!this.tools.length || this.tools.includes(field.tool)) &&
        (pointer === undefined || field.pointer === pointer),
    );
  }

  /** The members of the value of an expression, by name. */
  membersOf(target: Expr, depth = 0): readonly MergedMember[] {
    const types = this.typesOf(target, depth);
    const lists = types.map((type) =>
      type.kind === 'record'
        ? type.members()
        : type.kind === 'entity'
          ? this.workspace.catalog.attributes(type.name)
          : [],
    );
    const byName = new Map<string, Member[]>();
    for (const list of lists)
      for (const member of list) {
        const known = byName.get(member.name);
        if (known) known.push(member);
        else byName.set(member.name, [member]);
      }
    return [...byName].map(([name, members]) => ({
      name,
      members,
      optional: members.length < lists.length || members.some(({ optional }) => optional),
    }));
  }

  /** Names from `context` to a member; null for everything else. */
  pathOf(expr: Expr): readonly string[] | null {
    const path: string[] = [];
    let current = expr;
    for (;;) {
      if (current.kind === 'group') current = current.inner;
      else if (current.kind === 'member' && current.name) {
        path.unshift(current.name.text);
        current = current.target;
      } else break;
    }
    return current.kind === 'variable' && current.name === 'context' ? path : null;
  }

  /** JSON Pointer into the facts that an expression stands for; null: none. */
  pointerOf(expr: Expr): string | null {
    const path = this.pathOf(expr);
    return path && templatePointer(this.workspace.mapping.context, path);
  }
}

const SESSION: readonly Member[] = [
  { name: 'calls', type: { kind: 'long' }, optional: false, doc: 'Calls before this one.', place: null },
  {
    name: 'tools',
    type: { kind: 'set', element: { kind: 'string' } },
    optional: false,
    doc: 'Names of the tools called before, each once.',
    place: null,
  },
];

function resultType(text: string): readonly EditorType[] {
  if (text === 'Bool') return [{ kind: 'boolean' }];
  if (text === 'Long') return [{ kind: 'long' }];
  return text === 'tag' ? [] : [{ kind: 'extension', name: text }];
}

/** True for the type of actions, whatever its namespace. */
export function isActionType(type: string): boolean {
  return baseName(type) === 'Action';
}
