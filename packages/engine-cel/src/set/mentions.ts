import { children, type Expression } from '../syntax/index.ts';

/** A policy tells no more of them. */
const MAX_MENTIONS = 10_000;

/** Texts in parts that are shared between all that use them: one for each expression. */
export type Mentions = readonly (readonly string[])[];

type Scoped = (name: string) => Mentions | undefined;

/** The string literals of an expression and of the variables it uses. */
export function expressionMentions(expression: Expression, scoped: Scoped): Mentions {
  const own = new Set<string>();
  const parts = new Set<readonly string[]>();
  const visit = (part: Expression, locals: readonly string[]): void => {
    if (part.kind === 'literal') {
      if (typeof part.value === 'string') own.add(part.value);
      return;
    }
    if (part.kind === 'select' && part.operand.kind === 'name' && part.operand.name === 'variables') {
      if (!locals.includes('variables')) for (const used of scoped(part.field) ?? []) parts.add(used);
      return;
    }
    const bound = part.kind === 'macro' ? part.variables : part.kind === 'bind' ? [part.variable] : [];
    const inner = bound.length === 0 ? locals : [...locals, ...bound];
    for (const child of children(part)) visit(child, inner);
  };
  visit(expression, []);
  return own.size === 0 ? [...parts] : [[...own], ...parts];
}

/** Joins the parts of two. */
export function joinMentions(a: Mentions, b: Mentions): Mentions {
  return b.length === 0 ? a : [...new Set([...a, ...b])];
}

/** Hands out the mentions of the policies of one file, bounded over all of them. */
export class MentionsBudget {
  #left = 1_000_000;

  /** Sorted, distinct, as many as there is room for. */
  take(mentions: Mentions): readonly string[] {
    const room = Math.min(MAX_MENTIONS, this.#left);
    if (room === 0) return [];
    const taken = [...new Set(mentions.flat())].sort().slice(0, room);
    this.#left -= taken.length;
    return taken;
  }
}
