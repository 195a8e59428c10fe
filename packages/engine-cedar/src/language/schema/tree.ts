/** A schema as the editor sees it, of `.cedarschema` and of its JSON form alike. Offsets are of the file. */
import type { TextRange } from '@benchbook/model';
import type { Name, Path } from '../syntax/tree.ts';

export type TypeNode = { readonly range: TextRange } & (
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'set'; readonly element: TypeNode | null }
  | { readonly kind: 'record'; readonly attributes: readonly AttributeNode[] }
);

export interface AttributeNode {
  readonly name: Name;
  readonly optional: boolean;
  readonly type: TypeNode | null;
  readonly doc: string;
}

interface Declared {
  /** '' outside namespaces. */
  readonly namespace: string;
  readonly names: readonly Name[];
  readonly range: TextRange;
  /** What its comment or `@doc` says. */
  readonly doc: string;
}

export type Declaration = Declared &
  (
    | {
        readonly kind: 'entity';
        readonly memberOf: readonly Path[];
        readonly shape: TypeNode | null;
        readonly tags: TypeNode | null;
        /** Ids, where it lists them. */
        readonly ids: readonly Name[];
      }
    | {
        readonly kind: 'action';
        readonly memberOf: readonly ActionRef[];
        /** null: it says of nothing that it applies. */
        readonly appliesTo: {
          readonly principal: readonly Path[];
          readonly resource: readonly Path[];
          readonly context: TypeNode | null;
        } | null;
      }
    | { readonly kind: 'type'; readonly type: TypeNode | null }
  );

/** `read`, `"read"`, `NS::Action::"read"`. */
export interface ActionRef {
  /** The type, where it is written. */
  readonly type: Path | null;
  readonly name: Name;
}

export interface NamespaceNode {
  readonly name: Path;
  readonly range: TextRange;
}

export interface SchemaTree {
  readonly declarations: readonly Declaration[];
  readonly namespaces: readonly NamespaceNode[];
}
