/** A policy as the editor sees it: every part may be missing. Offsets are relative to the piece it stands in. */
import type { TextRange } from '@benchbook/model';

export interface Name {
  readonly text: string;
  readonly range: TextRange;
}

/** `A::B`; the last part may be missing after a `::`. */
export interface Path {
  readonly parts: readonly Name[];
  readonly range: TextRange;
}

/** A string literal. */
export interface Text {
  readonly value: string;
  /** With its quotes. */
  readonly range: TextRange;
  /** Between its quotes. */
  readonly inner: TextRange;
}

export interface AnnotationNode {
  readonly key: Name | null;
  readonly value: Text | null;
  readonly range: TextRange;
}

export type Variable = 'principal' | 'action' | 'resource';

/** `principal == ...`, one of the three parts of a scope. */
export interface ScopePart {
  readonly variable: Variable;
  readonly name: Name;
  readonly operator: '==' | 'in' | 'is' | null;
  readonly type: Path | null;
  readonly target: Expr | null;
  readonly range: TextRange;
}

export interface Clause {
  readonly kind: 'when' | 'unless';
  readonly keyword: TextRange;
  readonly body: Expr | null;
  readonly range: TextRange;
  /** Between its braces. */
  readonly inner: TextRange;
}

export interface PolicyNode {
  /** From the first annotation on. */
  readonly range: TextRange;
  readonly annotations: readonly AnnotationNode[];
  readonly effect: Name | null;
  /** With its parentheses; null where it has none. */
  readonly scopeRange: TextRange | null;
  readonly scope: readonly ScopePart[];
  readonly clauses: readonly Clause[];
  /** It was read without a gap. */
  readonly isComplete: boolean;
}

interface Ranged {
  readonly range: TextRange;
}

export type Expr = Ranged &
  (
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'slot'; readonly name: string }
    | { readonly kind: 'text'; readonly text: Text }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'entity'; readonly path: Path; readonly id: Text | null }
    | {
        readonly kind: 'member';
        readonly target: Expr;
        readonly name: Name | null;
        /** Offset of the `.` or `[`. */
        readonly dot: number;
        readonly indexed: boolean;
      }
    | { readonly kind: 'call'; readonly callee: Path; readonly args: Arguments }
    | {
        readonly kind: 'method';
        readonly target: Expr;
        readonly name: Name;
        readonly dot: number;
        readonly args: Arguments;
      }
    | {
        readonly kind: 'has';
        readonly target: Expr;
        readonly keyword: TextRange;
        readonly attributes: readonly Name[];
      }
    | {
        readonly kind: 'is';
        readonly target: Expr;
        readonly keyword: TextRange;
        readonly type: Path | null;
        readonly within: Expr | null;
      }
    | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Expr }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly at: TextRange;
        readonly left: Expr;
        readonly right: Expr;
      }
    | { readonly kind: 'if'; readonly parts: readonly Expr[] }
    | { readonly kind: 'set'; readonly elements: readonly Expr[] }
    | { readonly kind: 'record'; readonly members: readonly { readonly key: Name; readonly value: Expr }[] }
    | { readonly kind: 'group'; readonly inner: Expr }
    /** Nothing stands where an expression should. */
    | { readonly kind: 'missing' }
  );

export interface Arguments {
  readonly open: number;
  /** Of the closing parenthesis; null where it is missing. */
  readonly close: number | null;
  readonly items: readonly Expr[];
  /** Offsets of the commas. */
  readonly commas: readonly number[];
}

/** The expressions directly below one. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'member':
    case 'has':
      return [expr.target];
    case 'call':
      return expr.args.items;
    case 'method':
      return [expr.target, ...expr.args.items];
    case 'is':
      return expr.within ? [expr.target, expr.within] : [expr.target];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'if':
      return expr.parts;
    case 'set':
      return expr.elements;
    case 'record':
      return expr.members.map(({ value }) => value);
    case 'group':
      return [expr.inner];
    default:
      return [];
  }
}

/** All expressions of a policy, outer ones first. */
export function* expressionsOf(policy: PolicyNode): Generator<Expr> {
  const pending: Expr[] = [];
  for (const { target } of policy.scope) if (target) pending.push(target);
  for (const { body } of policy.clauses) if (body) pending.push(body);
  pending.reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    yield next;
    pending.push(...childrenOf(next).toReversed());
  }
}

/** Expressions that hold `offset`, or end there, from the outside in. */
export function expressionsAt(policy: PolicyNode, offset: number): Expr[] {
  const holds = ({ range }: Ranged) => range.start <= offset && offset <= range.end;
  const roots = [...policy.scope.map(({ target }) => target), ...policy.clauses.map(({ body }) => body)];
  const found: Expr[] = [];
  let level: readonly (Expr | null)[] = roots;
  for (;;) {
    // Where two touch, the later one is where typing goes on.
    const next = level.findLast((one) => one !== null && holds(one));
    if (!next) return found;
    found.push(next);
    level = childrenOf(next);
  }
}
