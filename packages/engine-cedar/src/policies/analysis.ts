/** What a policy refers to, read off Cedar's JSON form of it. */
import type { Effect, Expr, PolicyJson } from '@cedar-policy/cedar-wasm/web';
import { type EntityUid, uidKey } from './uid.ts';

/** Entities an action must be, or be in; null: any action. */
export interface ActionScope {
  readonly equals: readonly string[];
  readonly within: readonly string[];
}

export interface PolicyAnalysis {
  readonly effect: Effect;
  /** Keys (see `uidKey`) of the actions that its scope names; null: all actions. */
  readonly actions: ActionScope | null;
  /** Which parts of a request it looks at beyond their types. */
  readonly uses: {
    readonly principal: boolean;
    /** What the principal is in, too. */
    readonly principalParents: boolean;
    /** Tags of the principal, or all of it. */
    readonly principalTags: boolean;
    readonly action: boolean;
    readonly resource: boolean;
  };
  /** Members of `context` it reads, as names from the outside in; `[]`: all of it. */
  readonly contextPaths: readonly (readonly string[])[];
  /** Entities named anywhere in it. */
  readonly literals: readonly EntityUid[];
  /** Strings in its conditions; patterns without a wildcard count. */
  readonly strings: readonly string[];
  /** Its conditions hold a literal `when { false }`: it can never apply. */
  readonly isDead: boolean;
}

type Root = 'principal' | 'action' | 'resource' | 'context';

/** Analyses a policy or template. */
export function analyse(policy: PolicyJson): PolicyAnalysis {
  const walker = new Walker();
  const { principal, action, resource } = policy;
  walker.scope('principal', principal);
  walker.scope('resource', resource);
  let actions: ActionScope | null = null;
  if (action.op !== 'All') {
    walker.uses.action = true;
    const named = 'entities' in action ? action.entities : 'entity' in action ? [action.entity] : [];
    const keys = named.map((uid) => uidKey(walker.literal(uid)));
    actions = action.op === '==' ? { equals: keys, within: [] } : { equals: [], within: keys };
  }
  for (const clause of policy.conditions) walker.visit(clause.body);
  return {
    effect: policy.effect,
    actions,
    uses: walker.uses,
    contextPaths: walker.contextPaths,
    literals: [...walker.literals.values()],
    strings: [...walker.strings],
    isDead: policy.conditions.some(({ kind, body }) => 'Value' in body && body.Value === (kind === 'unless')),
  };
}

class Walker {
  readonly uses = {
    principal: false,
    principalParents: false,
    principalTags: false,
    action: false,
    resource: false,
  };
  readonly contextPaths: string[][] = [];
  readonly literals = new Map<string, EntityUid>();
  readonly strings = new Set<string>();

  literal(uid: unknown): EntityUid {
    const record = uid as EntityUid | { __entity: EntityUid };
    const { type, id } = '__entity' in record ? record.__entity : record;
    const plain = { type, id };
    this.literals.set(uidKey(plain), plain);
    return plain;
  }

  scope(root: 'principal' | 'resource', constraint: PolicyJson['principal']): void {
    if (constraint.op === 'All') return;
    const isIn = constraint.op === 'in' || (constraint.op === 'is' && constraint.in !== undefined);
    const target = constraint.op === 'is' ? constraint.in : constraint;
    if (target && 'entity' in target) this.literal(target.entity);
    if (constraint.op === 'is' && !isIn) return;
    this.uses[root] = true;
    if (root === 'principal' && isIn) this.uses.principalParents = true;
  }

  visit(expression: Expr): void {
    const [operator, operands] = Object.entries(expression)[0] as [string, unknown];
    switch (operator) {
      case 'Value':
        this.#value(operands);
        return;
      case 'Var':
        this.#whole(operands as Root);
        return;
      case 'Slot':
        return;
      case '.':
      case 'has':
        this.#member(expression);
        return;
      case '==':
      case '!=': {
        const { left, right } = operands as { left: Expr; right: Expr };
        this.#compared(left);
        this.#compared(right);
        return;
      }
      case 'in':
      case 'is': {
        const { left, right, in: within } = operands as { left: Expr; right?: Expr; in?: Expr };
        const target = right ?? within;
        const root = rootOf(left);
        if (root && root !== 'context') {
          // The type alone is known beforehand.
          if (target) this.#touch(root, root === 'principal');
        } else this.visit(left);
        if (target) this.visit(target);
        return;
      }
      case 'getTag':
      case 'hasTag': {
        const { left, right } = operands as { left: Expr; right: Expr };
        if (rootOf(left) === 'principal') {
          this.uses.principal = true;
          this.uses.principalTags = true;
        } else this.visit(left);
        this.visit(right);
        return;
      }
      case 'Record':
        for (const member of Object.values(operands as Record<string, Expr>)) this.visit(member);
        return;
      default:
        this.#operands(operands);
    }
  }

  /** Operands of every other operator: an array (functions, sets) or an object of expressions. */
  #operands(operands: unknown): void {
    const members = Array.isArray(operands) ? operands : Object.entries(operands as object);
    for (const member of members) {
      if (Array.isArray(operands)) this.visit(member as Expr);
      else {
        const [name, expression] = member as [string, unknown];
        if (name === 'pattern') this.#pattern(expression);
        else this.visit(expression as Expr);
      }
    }
  }

  #pattern(pattern: unknown): void {
    const parts = Array.isArray(pattern)
      ? (pattern as readonly (string | { readonly Literal: string })[])
      : [];
    const letters = parts.map((part) => (typeof part === 'string' ? null : part.Literal));
    if (!letters.includes(null)) this.strings.add(letters.join(''));
  }

  #value(value: unknown): void {
    if (typeof value === 'string') this.strings.add(value);
    if (typeof value !== 'object' || value === null) return;
    if ('__entity' in value) this.literal(value);
    else for (const member of Object.values(value)) this.#value(member);
  }

  #compared(expression: Expr): void {
    const root = rootOf(expression);
    if (root && root !== 'context') this.#touch(root, false);
    else this.visit(expression);
  }

  #touch(root: Exclude<Root, 'context'>, parents: boolean): void {
    this.uses[root] = true;
    if (parents) this.uses.principalParents = true;
  }

  /** A variable used as a whole: anything about it may matter. */
  #whole(root: Root): void {
    if (root === 'context') this.contextPaths.push([]);
    else this.#touch(root, root === 'principal');
  }

  /** `a.b.c`, `a.b has c`, `a has b.c`: one path from a variable, or a member of something computed. */
  #member(expression: Expr): void {
    const path: string[] = [];
    let current = expression;
    for (;;) {
      if ('.' in current) {
        const access = current['.'] as { left: Expr; attr: string };
        path.unshift(access.attr);
        current = access.left;
      } else if ('has' in current) {
        const test = current.has as { left: Expr; attr: string | string[] };
        path.unshift(...(Array.isArray(test.attr) ? test.attr : [test.attr]));
        current = test.left;
        // `(a has b).c` is no path; Cedar's `has` gives a boolean, so nothing can follow it.
      } else break;
    }
    const root = rootOf(current);
    if (root === 'context') this.contextPaths.push(path);
    else if (root) this.#touch(root, false);
    else this.visit(current);
  }
}

function rootOf(expression: Expr): Root | null {
  return 'Var' in expression ? (expression.Var as Root) : null;
}
