import type { SourceFile, TextRange } from '@benchbook/model';
import { type EntityUid, uidKey } from '../../policies/uid.ts';
import { parseJsonSchema } from '../schema/json.ts';
import { parseSchema } from '../schema/parser.ts';
import type { ActionRef, Declaration, SchemaTree, TypeNode } from '../schema/tree.ts';
import type { Path } from '../syntax/tree.ts';
import type { EditorType, Member } from './types.ts';

type Kind<K extends Declaration['kind']> = Extract<Declaration, { kind: K }>;

/** One declared name. */
export interface Declared<K extends Declaration['kind']> {
  /** With its namespace; of an action its key (see `uidKey`). */
  readonly name: string;
  readonly file: string;
  readonly range: TextRange;
  readonly declaration: Kind<K>;
}

export interface DeclaredAction extends Declared<'action'> {
  readonly uid: EntityUid;
  /** Keys of the groups it is directly in. */
  readonly parents: readonly string[];
}

/** All schema files of a workspace, as far as they can be read. */
export interface Catalog {
  readonly trees: ReadonlyMap<string, SchemaTree>;
  readonly entityTypes: ReadonlyMap<string, Declared<'entity'>>;
  readonly commonTypes: ReadonlyMap<string, Declared<'type'>>;
  readonly actions: ReadonlyMap<string, DeclaredAction>;
  /** Keys of actions that others are in. */
  readonly groups: ReadonlySet<string>;
  /** The declared entity or common type that a name stands for in a namespace; null where there is none. */
  resolve(name: string, namespace: string): Declared<'entity'> | Declared<'type'> | null;
  /** An action that a schema refers to. */
  reference(ref: ActionRef, namespace: string): EntityUid;
  /** The type that a node writes; null where it is unknown. */
  type(node: TypeNode | null, namespace: string, file: string): EditorType | null;
  /** Attributes of an entity type; none where it is not declared. */
  attributes(entityType: string): readonly Member[];
  /** The action and all that are in it, directly or not. */
  within(key: string): readonly DeclaredAction[];
}

/** Reads schema files, each text once. */
export class CatalogReader {
  #trees = new Map<string, { readonly text: string; readonly tree: SchemaTree }>();
  #catalog: Catalog | null = null;

  read(files: readonly SourceFile[]): Catalog {
    let changed = this.#catalog === null || files.length !== this.#trees.size;
    const trees = new Map<string, { readonly text: string; readonly tree: SchemaTree }>();
    for (const { path, text } of files) {
      const known = this.#trees.get(path);
      if (known?.text === text) trees.set(path, known);
      else {
        changed = true;
        trees.set(path, { text, tree: path.endsWith('.json') ? parseJsonSchema(text) : parseSchema(text) });
      }
    }
    this.#trees = trees;
    if (changed) this.#catalog = catalogOf(new Map([...trees].map(([path, { tree }]) => [path, tree])));
    return this.#catalog!;
  }
}

/** A path as one name. */
export function pathText({ parts }: Path): string {
  return parts.map(({ text }) => text).join('::');
}

export function qualify(namespace: string, name: string): string {
  return namespace ? `${namespace}::${name}` : name;
}

function catalogOf(trees: ReadonlyMap<string, SchemaTree>): Catalog {
  const entityTypes = new Map<string, Declared<'entity'>>();
  const commonTypes = new Map<string, Declared<'type'>>();
  const actions = new Map<string, DeclaredAction>();
  const groups = new Set<string>();

  const reference = (ref: ActionRef, namespace: string): EntityUid => ({
    type: ref.type ? pathText(ref.type) : qualify(namespace, 'Action'),
    id: ref.name.text,
  });
  for (const [file, { declarations }] of trees)
    for (const declaration of declarations)
      for (const { text, range } of declaration.names) {
        const name = qualify(declaration.namespace, text);
        if (declaration.kind === 'entity') entityTypes.set(name, { name, file, range, declaration });
        else if (declaration.kind === 'type') commonTypes.set(name, { name, file, range, declaration });
        else {
          const uid = { type: qualify(declaration.namespace, 'Action'), id: text };
          const parents = declaration.memberOf.map((ref) => uidKey(reference(ref, declaration.namespace)));
          for (const parent of parents) groups.add(parent);
          actions.set(uidKey(uid), { name: uidKey(uid), uid, parents, file, range, declaration });
        }
      }

  const resolve: Catalog['resolve'] = (name, namespace) => {
    for (const candidate of [qualify(namespace, name), name]) {
      const found = commonTypes.get(candidate) ?? entityTypes.get(candidate);
      if (found) return found;
    }
    return null;
  };

  const membersOf = (
    node: Extract<TypeNode, { kind: 'record' }>,
    namespace: string,
    file: string,
  ): Member[] =>
    node.attributes.map(({ name, optional, type: written, doc }) => ({
      name: name.text,
      type: type(written, namespace, file),
      optional,
      doc,
      place: { file, range: name.range },
    }));

  const type = (node: TypeNode | null, namespace: string, file: string, hops = 0): EditorType | null => {
    if (!node || hops > 20) return null;
    if (node.kind === 'set') return { kind: 'set', element: type(node.element, namespace, file, hops + 1) };
    if (node.kind === 'record')
      return { kind: 'record', name: null, members: () => membersOf(node, namespace, file) };
    const name = pathText(node.path);
    const found = resolve(name, namespace);
    if (!found) return builtinType(name);
    if (found.declaration.kind === 'entity') return { kind: 'entity', name: found.name };
    const { declaration } = found;
    const inner = type(declaration.type, declaration.namespace, found.file, hops + 1);
    return inner?.kind === 'record' ? { ...inner, name: found.name } : inner;
  };

  return {
    trees,
    entityTypes,
    commonTypes,
    actions,
    groups,
    resolve,
    reference,
    type,
    attributes(entityType) {
      const found = entityTypes.get(entityType);
      if (!found) return [];
      const { declaration, file } = found;
      const shape = type(declaration.shape, declaration.namespace, file);
      return shape?.kind === 'record' ? shape.members() : [];
    },
    within(key) {
      const found = new Map<string, DeclaredAction>();
      const own = actions.get(key);
      if (own) found.set(key, own);
      if (!groups.has(key)) return [...found.values()];
      const keys = new Set([key]);
      for (let size = 0; size !== keys.size; ) {
        size = keys.size;
        for (const [name, action] of actions)
          if (action.parents.some((parent) => keys.has(parent))) {
            keys.add(name);
            found.set(name, action);
          }
      }
      return [...found.values()];
    },
  };
}

function builtinType(name: string): EditorType | null {
  const base = name.replace(/^__cedar::/, '');
  switch (base) {
    case 'String':
      return { kind: 'string' };
    case 'Long':
      return { kind: 'long' };
    case 'Bool':
    case 'Boolean':
      return { kind: 'boolean' };
    case 'decimal':
    case 'ipaddr':
    case 'datetime':
    case 'duration':
      return { kind: 'extension', name: base };
    default:
      return null;
  }
}
