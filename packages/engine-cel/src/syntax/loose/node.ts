import type { TextRange } from '@benchbook/model';

/** What stands between the operands of a two-sided operation. */
export type LooseOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

export type LooseLiteral = LooseNode & { readonly kind: 'literal' };
export type LooseCall = LooseNode & { readonly kind: 'call' };
export type LooseName = LooseNode & { readonly kind: 'name' };

/**
 * The tree of an expression as it is being typed. Every text has one: what is missing is a node of its own that spans
 * the room between its neighbours. Parentheses are nodes. Offsets are in the expression's text.
 */
export type LooseNode = TextRange &
  (
    | { readonly kind: 'missing' }
    | {
        readonly kind: 'literal';
        readonly type: 'string' | 'bytes' | 'int' | 'uint' | 'double' | 'bool' | 'null';
        /** Of strings: what stands between the quotes, as written. */
        readonly content: TextRange | null;
        readonly isRaw: boolean;
        readonly isClosed: boolean;
      }
    | { readonly kind: 'name'; readonly name: string }
    | {
        readonly kind: 'select';
        readonly operand: LooseNode;
        /** Where the dot stands. */
        readonly dot: number;
        /** `''` where nothing was typed yet. */
        readonly field: string;
        readonly fieldRange: TextRange;
        readonly optional: boolean;
      }
    | {
        readonly kind: 'index';
        readonly operand: LooseNode;
        readonly index: LooseNode;
        readonly optional: boolean;
      }
    | {
        readonly kind: 'call';
        /** The receiver of a method, or the namespace of a function. */
        readonly target: LooseNode | null;
        readonly name: string;
        readonly nameRange: TextRange;
        /** Where the arguments begin, behind the parenthesis. */
        readonly open: number;
        readonly args: readonly LooseNode[];
        /** Where the commas stand. */
        readonly commas: readonly number[];
        /** Before the closing parenthesis; the end of what was typed where there is none. */
        readonly close: number;
      }
    | { readonly kind: 'list'; readonly items: readonly LooseNode[] }
    | {
        readonly kind: 'map';
        readonly entries: readonly { readonly key: LooseNode; readonly value: LooseNode }[];
      }
    | { readonly kind: 'and' | 'or'; readonly operands: readonly LooseNode[] }
    | {
        readonly kind: 'conditional';
        readonly test: LooseNode;
        readonly then: LooseNode;
        readonly otherwise: LooseNode;
      }
    | { readonly kind: 'not' | 'negate' | 'paren'; readonly operand: LooseNode }
    | {
        readonly kind: 'binary';
        readonly operator: LooseOperator;
        readonly left: LooseNode;
        readonly right: LooseNode;
      }
    /** Expressions side by side, where an operator is missing between them. */
    | { readonly kind: 'sequence'; readonly items: readonly LooseNode[] }
  );

/** The direct parts of a node, in order of the text. */
export function looseChildren(node: LooseNode): readonly LooseNode[] {
  switch (node.kind) {
    case 'missing':
    case 'literal':
    case 'name':
      return [];
    case 'select':
    case 'not':
    case 'negate':
    case 'paren':
      return [node.operand];
    case 'index':
      return [node.operand, node.index];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'list':
    case 'sequence':
      return node.items;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'and':
    case 'or':
      return node.operands;
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'binary':
      return [node.left, node.right];
  }
}

/** From the root to the innermost node that touches an offset; of neighbours the one that is no room between. */
export function pathAt(root: LooseNode, offset: number): readonly LooseNode[] {
  const path: LooseNode[] = [];
  for (let node: LooseNode | undefined = root; node; ) {
    path.push(node);
    const touching: LooseNode[] = looseChildren(node).filter(
      ({ start, end }) => start <= offset && offset <= end,
    );
    node = touching.find(({ kind }) => kind !== 'missing') ?? touching[0];
  }
  return path;
}

/** A node without the parentheses around it. */
export function bare(node: LooseNode): LooseNode {
  let inner = node;
  while (inner.kind === 'paren') inner = inner.operand;
  return inner;
}

/** All nodes below and with this one, outer before inner, in order of the text. */
export function* everyNode(root: LooseNode): Generator<LooseNode> {
  const pending: LooseNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    pending.push(...[...looseChildren(node)].reverse());
  }
}
